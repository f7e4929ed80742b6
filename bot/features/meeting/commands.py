"""Commands for meetings that were held: log one, list all, take one back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import Lead, after_meeting, write_clock
from bot.domain.meeting import GoalReached, Meeting, MeetingState, MoreTalkative, WorkKnown
from bot.domain.week import local_to_utc
from bot.engine.call import Call
from bot.engine.reading import Refusal
from bot.engine.rule import Doubtful
from bot.engine.rules import Choice, Line, Lines, YesNo
from bot.engine.when import DayOf
from bot.features.meeting.figures import clarity, do_they_know, listening, own_figures
from bot.features.meeting.names_given import names_known, names_to_add
from bot.features.people import KNOWS, LeadRef, own_lead, why_due
from bot.features.registry import command, refer_to
from bot.features.week import record
from bot.store import events, leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Listing, Menu, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, Moment, UserText

FOLLOWUP_THANKS = refer_to("followup thanks")
LEAD_NEXT = refer_to("lead next")
LEAD_SHOW = refer_to("lead show")
MEETING_LEARNED = refer_to("meeting learned")
MEETING_PLAN = refer_to("meeting plan")
MEETING_TAKE_BACK = refer_to("meeting take-back")

REACHED: dict[GoalReached, Text] = {GoalReached.YES: t("yes"), GoalReached.PARTLY: t("partly"), GoalReached.NO: t("no")}
TALKED: dict[MoreTalkative, Text] = {
    MoreTalkative.THEM: t("they did"),
    MoreTalkative.EVEN: t("both the same"),
    MoreTalkative.ME: t("I did"),
}
SHOWN = 10
"""Meetings in the list."""
GOAL_SHOWN = 75
"""Letters of the goal in the form, where a hint has 100 in all."""

HUMAN = Line(label=t("One thing about them outside work"), most=200, no_contacts=True)
NAMES = Lines(
    label=t("New names they gave you"),
    hint=t("For example: Priya at Nordik; Tom and Ana at Bell."),
    most=400,
    no_contacts=True,
)
WANT = Line(label=t("What I want now"), most=200, no_contacts=True, asked=False)
NO_LONGER = Line(label=t("What I no longer want"), most=200, no_contacts=True, asked=False)


def _goal_hint(call: Call, values: Mapping[str, object]) -> dict[str, Text]:
    """Remind the member of the goal, beside the question whether it was reached."""
    lead_id = values.get("lead")
    planned = meetings.planned(call.tx, call.who, LeadId(str(lead_id))) if lead_id else None
    if planned is None or planned.notes.goal is None:
        return {}
    goal = planned.notes.goal
    short = goal if len(goal) <= GOAL_SHOWN else goal[: GOAL_SHOWN - 1] + "…"
    return {"reached": t("Your goal: {goal}", goal=UserText(short))}


@command(
    "meeting log",
    form=t("We met"),
    hints=_goal_hint,
    example='/meeting log lead:"dana" reached:yes talked:them human:"loves rivers" names:"Priya at Nordik"',
    once=True,
)
def log(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    reached: Annotated[GoalReached, Choice(label=t("Did you reach your goal?"), of=REACHED)],
    talked: Annotated[MoreTalkative | None, Choice(label=t("Who talked more?"), of=TALKED)] = None,
    human: Annotated[str | None, HUMAN] = None,
    names: Annotated[str | None, NAMES] = None,
    when: Annotated[date | None, DayOf(label=t("Day, if not today"), asked=False)] = None,
    knows: Annotated[
        WorkKnown | None, Choice(label=t("Do they know which work you want?"), of=KNOWS, asked=False)
    ] = None,
    want: Annotated[str | None, WANT] = None,
    no_longer: Annotated[str | None, NO_LONGER] = None,
    another: Annotated[bool, YesNo(label=t("A second talk on one day"), asked=False)] = False,
) -> Reply:
    """Tell me how a meeting went."""
    before, planned = own_lead(call, lead), meetings.at_hand(call.tx, call.who, lead)
    day = when or _planned_day(call, planned) or call.today
    if not another:
        _check_not_told(call, before, day)
    # Noon, as for an ask of an earlier day: the meeting must stay on its date.
    held_at = call.now if day == call.today else local_to_utc(day, time(12), call.zone)
    notes = replace(planned.notes, human=human, names=names, want=want, no_longer=no_longer)
    notes = replace(notes, before=write_clock(before.clock))
    meeting = replace(
        planned,
        state=MeetingState.HELD,
        held_at=held_at,
        logged_at=_later_than_all_logged(call),
        reached=reached,
        talked=talked,
        knows=knows,
        notes=notes,
    )
    meetings.keep(call.tx, call.who, meeting, call.now)
    recorded = record(call, events.MEETING, lead=lead, row_id=meeting.id, day=day)
    # A closed lead is open again after a meeting.
    after = replace(before, clock=after_meeting(before.clock, day), closed=None, close_reason=None)
    leads.save(call.tx, call.who, after, call.now)
    return _logged(call, after, meeting, recorded.note)


def _check_not_told(call: Call, lead: Lead, day: date) -> None:
    """Ask before a second meeting with a lead on one day counts, because a form is easily sent twice.

    Raises:
        Refusal: they met on this day already; what was typed is kept.
    """
    for told in meetings.with_lead(call.tx, call.who, lead.id):
        if told.state is MeetingState.HELD and told.held_at is not None and _day_of(call, told.held_at) == day:
            doubt = Doubtful(
                t("You told me already that you met {name} on {day}.", name=UserText(lead.name), day=Day(day)),
                t("To change what you told, take it back first."),
                (MEETING_TAKE_BACK.button(call.stamp, t("Take it back"), meeting=told.id),),
                options=(("yes", t("We met twice that day")),),
            )
            raise Refusal({"another": doubt})


def _day_of(call: Call, at: datetime) -> date:
    return at.astimezone(call.zone).date()


def _later_than_all_logged(call: Call) -> datetime:
    """Return the present instant, moved behind the last logged meeting, so that it is sure which one was last."""
    last = meetings.last_logged(call.tx, call.who)
    last_at = last.logged_at if last is not None and last.logged_at is not None else None
    # Two meetings can be logged at one instant, and the clock of the machine can be set back.
    return call.now if last_at is None or last_at < call.now else last_at + timedelta(microseconds=1)


def _planned_day(call: Call, meeting: Meeting) -> date | None:
    """Return the day a meeting was planned for, once its hour is over; else None."""
    if meeting.planned_for is None or meeting.planned_for > call.now:
        return None
    return meeting.planned_for.astimezone(call.zone).date()


def _logged(call: Call, lead: Lead, meeting: Meeting, late: Note | None) -> Reply:
    day = (meeting.held_at or call.now).astimezone(call.zone).date()
    parts: list[Part | None] = [
        Heading(t("Well done. You met {name}.", name=UserText(lead.name))),
        Fields(
            (
                (t("Day"), Day(day)),
                *(((t("Your goal"), UserText(meeting.notes.goal)),) if meeting.notes.goal else ()),
                (t("Goal reached"), REACHED[meeting.reached or GoalReached.NO]),
            )
        ),
        late,
    ]
    if meeting.talked is MoreTalkative.THEM:
        parts.append(Note(t("They talked more. That is a good sign.")))
    parts.append(_instead_of_planned(call, meeting, day))
    parts.append(_thanks(call, lead))
    row = buttons(
        FOLLOWUP_THANKS.button(call.stamp, t("Draft a thank-you"), lead=lead.id) if _thanks_now(call, lead) else None,
        MEETING_LEARNED.button(call.stamp, t("Write what I learned"), meeting=meeting.id),
        MEETING_PLAN.button(call.stamp, t("Plan another day"), lead=lead.id) if _is_early(call, meeting, day) else None,
        MEETING_TAKE_BACK.button(call.stamp, t("Take it back"), meeting=meeting.id),
    )
    names = (*names_known(call, meeting, lead), *names_to_add(call, meeting, lead, leave=False))
    return reply(*parts, *names, row, *do_they_know(call, meeting))


def _is_early(call: Call, meeting: Meeting, day: date) -> bool:
    """Tell whether a talk was held before the day it was planned for."""
    return meeting.planned_for is not None and meeting.planned_for.astimezone(call.zone).date() > day


def _instead_of_planned(call: Call, meeting: Meeting, day: date) -> Note | None:
    """Say that the talk that was planned for a later day is now this one, so that nobody waits for it."""
    if meeting.planned_for is None or not _is_early(call, meeting, day):
        return None
    planned_for = Moment(meeting.planned_for, call.zone_name)
    return Note(t("The talk planned for {moment} is now this one. No reminder of it comes.", moment=planned_for))


def _thanks_now(call: Call, lead: Lead) -> bool:
    return lead.clock.due is not None and lead.clock.due <= call.today


def _thanks(call: Call, lead: Lead) -> "Part | None":
    """Say when the thank-you is due: within a day of the meeting, so at once when the meeting is logged late."""
    if lead.clock.due is None:
        return None
    if _thanks_now(call, lead):
        return Note(t("Send your thank-you now."))
    return Fields(((t("I remind you on"), Day(lead.clock.due)), (t("Because"), why_due(lead) or t("you asked me"))))


@command("meeting list", reads=True)
def list_(call: Call) -> Reply:
    """See the meetings you planned and held."""
    names = {lead.id: lead.name for lead in leads.names(call.tx, call.who, open_only=False)}
    # Sorting is stable: by name first, then the latest first, so meetings of one instant stay in the order of names.
    by_day = sorted(meetings.of_member(call.tx, call.who), key=lambda meeting: names.get(meeting.lead, ""))
    by_day.sort(key=lambda meeting: meeting.at or call.now, reverse=True)
    if not by_day:
        return reply(
            t("You have no meeting yet."),
            Note(t("When a person says yes, use {plan}.", plan=CommandRef("meeting plan"))),
            _what_now(call),
        )
    lines = tuple(_line(call, meeting, names.get(meeting.lead, "")) for meeting in by_day[:SHOWN])
    more, figures = len(by_day) - SHOWN, own_figures(call)
    return reply(
        Heading(tn("{n} meeting", "{n} meetings", len(by_day))),
        Listing(lines),
        Note(tn("And {n} older one.", "And {n} older ones.", more)) if more > 0 else None,
        clarity(figures),
        listening(figures),
        Menu(
            t("Show a person"),
            tuple(
                LEAD_SHOW.button(call.stamp, t("{name}", name=UserText(names[lead])), lead=lead)
                for lead in dict.fromkeys(meeting.lead for meeting in by_day[:SHOWN])
                if lead in names
            ),
        ),
        _what_now(call),
    )


def _line(call: Call, meeting: Meeting, lead_name: str) -> Text:
    name = UserText(lead_name)
    if meeting.state is MeetingState.HELD and meeting.held_at is not None:
        return t("{name}: held on {day}", name=name, day=Day(meeting.held_at.astimezone(call.zone).date()))
    if meeting.planned_for is None:
        return t("{name}: prepared, not planned yet", name=name)
    moment, place = Moment(meeting.planned_for, call.zone_name), meeting.notes.place
    if place is None:
        return t("{name}: planned for {moment}", name=name, moment=moment)
    return t("{name}: planned for {moment}, {place}", name=name, moment=moment, place=UserText(place))


def _what_now(call: Call) -> Part:
    return buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN))

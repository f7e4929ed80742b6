"""The member's week: the plan, how it went, and the weeks before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.promise import SUGGESTED_ASKS, CheckIn, Promise
from bot.domain.week import Week
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow
from bot.engine.rules import Choice, Line, Number
from bot.features.registry import action, command, refer_to
from bot.features.week.progress import progress, streak_note
from bot.features.week.recording import late_note, posting_of, stays_note
from bot.features.week.ref import WeekId
from bot.features.week.running import this_week
from bot.store import events, members, promises
from bot.ui.button import Button, Style
from bot.ui.reply import Fields, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, UserText, WeekOf

LEAD_NEXT = refer_to("lead next")
TIP_GET = refer_to("tip get")

MOST = 50
"""The largest number that a plan or a report takes."""


class PlannedWeek(StrEnum):
    """The running week, or the one beside it."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"


UNDO_WITHIN = timedelta(days=1)
"""How long a report can be taken back by its button."""
WEEK = WeekId(label=t("Week"))


def _plan_so_far(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    """Prefill the plan that the week has; without one, the member's usual number of asks."""
    week = this_week(call).next() if values.get("week") is PlannedWeek.NEXT else this_week(call)
    promise = promises.find(call.tx, call.who, week)
    if promise is not None:
        return {
            "asks": promise.asks,
            "leads": promise.leads,
            "meetings": promise.meetings,
            "sentence": promise.sentence,
        }
    return {"asks": call.member.number if call.member.number is not None else SUGGESTED_ASKS}


@command(
    "week plan",
    form=t("Plan my week"),
    prefill=_plan_so_far,
    stays=True,
    example='/week plan asks:2 leads:3 sentence:"I write on Tuesday morning."',
)
def plan(
    call: Call,
    *,
    asks: Annotated[int, Number(label=t("How many people do I ask?"), most=MOST)],
    leads: Annotated[int | None, Number(label=t("How many new names?"), most=MOST)] = None,
    meetings: Annotated[int | None, Number(label=t("How many meetings?"), most=MOST)] = None,
    sentence: Annotated[str | None, Line(label=t("In one sentence: when and how"), most=200)] = None,
    week: Annotated[
        PlannedWeek,
        Choice(
            label=t("Which week"), of={PlannedWeek.THIS: t("this week"), PlannedWeek.NEXT: t("next week")}, asked=False
        ),
    ] = PlannedWeek.THIS,
) -> Reply:
    """Promise yourself a number for the week."""
    planned = this_week(call).next() if week is PlannedWeek.NEXT else this_week(call)
    promises.plan(call.tx, call.who, Promise(planned, asks, leads, meetings, sentence), call.now)
    return reply(
        Heading(t("My week of {week}", week=WeekOf(planned.monday))),
        _plan_card(Promise(planned, asks, leads, meetings, sentence)),
        Note(t("A small number that you reach is better than a big number that you miss.")),
        *_ask_me(call),
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


def _plan_card(promise: Promise) -> Fields:
    rows: list[tuple[Text, Count | UserText]] = [(t("Asks"), Count(promise.asks))]
    if promise.leads is not None:
        rows.append((t("New names"), Count(promise.leads)))
    if promise.meetings is not None:
        rows.append((t("Meetings"), Count(promise.meetings)))
    if promise.sentence:
        rows.append((t("How"), UserText(promise.sentence)))
    return Fields(tuple(rows))


def _ask_me(call: Call) -> tuple[Part, ...]:
    if call.member.checkins:
        return (Note(t("I ask you on Sunday how it went.")),)
    return (
        Note(t("May I ask you on Sunday, in private, how it went?")),
        buttons(ask_me.button(call.stamp, t("Yes, ask me on Sunday"))),
    )


@action("week ask-me", again=SecondPress.CHANGED)
def ask_me(call: Call) -> Reply:
    """Agree to the private question on Sunday."""
    members.update(call.tx, call.who, checkins=True)
    return reply(
        t("Good. I ask you on Sunday, and once more on Monday."),
        Note(t("You can stop it with {settings}.", settings=CommandRef("me settings"))),
    )


def _open_week(call: Call) -> Week:
    """Choose the week that a report is about when none is named.

    Rule: until the digest is due, last week when it was planned and not reported; else the running week.
    """
    last = this_week(call).previous()
    unreported = (
        promises.find(call.tx, call.who, last) is not None and promises.checkin(call.tx, call.who, last) is None
    )
    return last if unreported and call.now < posting_of(call, last) else this_week(call)


def _logged_counts(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    """Prefill the asks and meetings that were logged, so that the member only corrects them."""
    week = _open_week(call)
    counts = {kind: events.of_member(call.tx, call.who, kind).get(week, 0) for kind in (events.ASK, events.MEETING)}
    return {"asks": counts[events.ASK], "meetings": counts[events.MEETING]}


@command(
    "week report",
    form=t("How was my week?"),
    prefill=_logged_counts,
    example='/week report asks:0 help:"I need names."',
)
def report(
    call: Call,
    *,
    asks: Annotated[int, Number(label=t("How many people did I ask?"), most=MOST)],
    meetings: Annotated[int | None, Number(label=t("How many meetings?"), most=MOST)] = None,
    help_: Annotated[str | None, Line(label=t("What help do I need?"), most=200)] = None,
    week: Annotated[
        PlannedWeek | None,
        Choice(
            label=t("Which week"), of={PlannedWeek.LAST: t("last week"), PlannedWeek.THIS: t("this week")}, asked=False
        ),
    ] = None,
) -> Reply:
    """Say how your week went. A zero counts too."""
    named = (
        {PlannedWeek.LAST: this_week(call).previous(), PlannedWeek.THIS: this_week(call)}.get(week) if week else None
    )
    return _save_report(call, CheckIn(named or _open_week(call), asks, None, meetings, help_))


def _save_report(call: Call, checkin: CheckIn) -> Reply:
    """Save a report, and praise the member whatever the number is."""
    promise = promises.find(call.tx, call.who, checkin.week)
    outcome = _outcome(promise, checkin)
    promises.report(call.tx, call.who, checkin, outcome, call.now)
    late = call.now >= posting_of(call, checkin.week)
    if promise is None:
        praise = t("Thank you. I kept your report.")
    elif outcome == "reached":
        praise = t("Well done. You reached your number.")
    else:
        praise = t("Thank you for telling me. Your promise is kept.")
    return reply(
        Heading(t("My week of {week}", week=WeekOf(checkin.week.monday))),
        praise,
        late_note(checkin.week) if late else None,
        streak_note(progress(call)),
        Note(t("Now choose the one person for next week.")),
        buttons(
            LEAD_NEXT.button(call.stamp, t("Who is next?"), Style.MAIN),
            _plan_next(call, checkin.week),
            None
            if checkin.help
            else need_help.button(call.stamp, t("I need help with something"), week=checkin.week.iso),
            take_back.button(call.stamp, t("Take it back"), week=checkin.week.iso),
        ),
    )


@action("week take-back", lasts=UNDO_WITHIN, takes_back=True)
def take_back(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Take back the last report of a week, within a day."""
    reported = Week.from_iso(week)
    told = promises.take_back_report(call.tx, call.who, reported)
    if told is None:
        raise NotNow(
            t("There is no report to take back."), t("Report with {report}.", report=CommandRef("week report"))
        )
    earlier = promises.checkin(call.tx, call.who, reported) is not None
    return reply(
        t("I took back your report of the week of {week}.", week=WeekOf(reported.monday)),
        t("Your earlier report counts again.") if earlier else None,
        stays_note(call, reported, told),
        Note(t("Report again with {report}.", report=CommandRef("week report"))),
    )


def _outcome(promise: Promise | None, checkin: CheckIn) -> str:
    if promise is not None and checkin.asks >= promise.asks:
        return "reached"
    return "some" if checkin.asks else "none"


def _plan_next(call: Call, reported: Week) -> Button:
    """Make the button to plan: next week when the running one was reported, else the running one."""
    return plan.button(call.stamp, t("Plan my week"), week=PlannedWeek.NEXT if reported == this_week(call) else None)


@action("week reached", again=SecondPress.CHANGED)
def reached(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Say that the number of a week was reached."""
    reported = Week.from_iso(week)
    promise = promises.find(call.tx, call.who, reported)
    logged = events.of_member(call.tx, call.who, events.ASK).get(reported, 0)
    # Who did more than the promised number is not reported with less than they logged.
    return _save_report(call, CheckIn(reported, max(logged, promise.asks if promise else 0)))


@action("week some", form=t("How was my week?"))
def some(
    call: Call,
    *,
    week: Annotated[str, WEEK],
    asks: Annotated[int, Number(label=t("How many people did I ask?"), most=MOST)],
) -> Reply:
    """Say how much of the number of a week was done."""
    return _save_report(call, CheckIn(Week.from_iso(week), asks))


@action("week none", again=SecondPress.CHANGED)
def none(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Say honestly that a week had no ask; the promise is kept."""
    return _save_report(call, CheckIn(Week.from_iso(week), 0))


@action("week pause-one", again=SecondPress.CHANGED)
def pause_one(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Pause the week that was asked about, so that it counts neither way."""
    paused = Week.from_iso(week)
    members.pause(call.tx, call.who, paused, paused)
    return reply(
        t("The week of {week} is a pause. You keep your weeks in a row.", week=WeekOf(paused.monday)),
        buttons(_plan_next(call, paused)),
    )


@action("week need-help", form=t("What help do I need?"))
def need_help(
    call: Call, *, week: Annotated[str, WEEK], help_: Annotated[str, Line(label=t("What help do I need?"), most=200)]
) -> Reply:
    """Note what would help; only the member sees it."""
    reported = Week.from_iso(week)
    checkin = replace(promises.checkin(call.tx, call.who, reported) or CheckIn(reported, 0), help=help_)
    promises.report(call.tx, call.who, checkin, _outcome(promises.find(call.tx, call.who, reported), checkin), call.now)
    return reply(
        t("I noted it for you. You can ask the other members about it."),
        buttons(TIP_GET.button(call.stamp, t("Read a tip")), LEAD_NEXT.button(call.stamp, t("Who is next?"))),
    )

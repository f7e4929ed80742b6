"""The member's week: the plan, how it went, and the weeks before."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.domain.promise import SUGGESTED_ASKS, CheckIn, Promise
from bot.domain.week import Week
from bot.engine.call import Call
from bot.engine.command import Again
from bot.engine.rules import Choice, Line, Number
from bot.features.registry import action, command, refer_to
from bot.features.week.progress import progress, streak_note
from bot.features.week.recording import late_note, posting_of
from bot.features.week.ref import WeekId
from bot.features.week.running import this_week
from bot.store import events, members, promises
from bot.ui.button import Button, Style
from bot.ui.reply import Fields, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, UserText, WeekOf

LEAD_NEXT = refer_to("lead next")
TIP_GET = refer_to("tip get")

HISTORY = 8
MOST = 50


class PlannedWeek(StrEnum):
    """The running week, or the one beside it."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"


WEEK = WeekId(label=t("Week"))


def _usual(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    now = promises.find(
        call.tx, call.who, this_week(call).next() if values.get("week") is PlannedWeek.NEXT else this_week(call)
    )
    if now is not None:
        return {"asks": now.asks, "leads": now.leads, "meetings": now.meetings, "sentence": now.sentence}
    return {"asks": call.member.number if call.member.number is not None else SUGGESTED_ASKS}


@command(
    "week plan",
    form=t("Plan my week"),
    prefill=_usual,
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


@action("week ask-me", again=Again.CHANGED)
def ask_me(call: Call) -> Reply:
    """Agree to the private question on Sunday."""
    members.update(call.tx, call.who, checkins=True)
    return reply(
        t("Good. I ask you on Sunday, and once more on Monday."),
        Note(t("You can stop it with {settings}.", settings=CommandRef("me settings"))),
    )


def _open_week(call: Call) -> Week:
    """Choose the week a report is about when none is named.

    Rule: until the digest is due, last week when it was planned and not reported; else the running week.
    """
    last = this_week(call).previous()
    waits = promises.find(call.tx, call.who, last) is not None and promises.checkin(call.tx, call.who, last) is None
    return last if waits and call.now < posting_of(call, last) else this_week(call)


def _logged(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    week = _open_week(call)
    counts = {kind: events.of_member(call.tx, call.who, kind).get(week, 0) for kind in (events.ASK, events.MEETING)}
    return {"asks": counts[events.ASK], "meetings": counts[events.MEETING]}


@command("week report", form=t("How was my week?"), prefill=_logged, example='/week report asks:0 help:"I need names."')
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
    about = (
        {PlannedWeek.LAST: this_week(call).previous(), PlannedWeek.THIS: this_week(call)}.get(week) if week else None
    )
    return _reported(call, CheckIn(about or _open_week(call), asks, None, meetings, help_))


def _reported(call: Call, checkin: CheckIn) -> Reply:
    promise = promises.find(call.tx, call.who, checkin.week)
    outcome = _outcome(promise, checkin)
    promises.report(call.tx, call.who, checkin, outcome, call.now)
    late = call.now >= posting_of(call, checkin.week)
    if promise is None:
        said = t("Thank you. I kept your report.")
    elif outcome == "reached":
        said = t("Well done. You reached your number.")
    else:
        said = t("Thank you for telling me. Your promise is kept.")
    return reply(
        Heading(t("My week of {week}", week=WeekOf(checkin.week.monday))),
        said,
        late_note(checkin.week) if late else None,
        streak_note(progress(call)),
        Note(t("Now choose the one person for next week.")),
        buttons(
            LEAD_NEXT.button(call.stamp, t("Who is next?"), Style.MAIN),
            _plan_next(call, checkin.week),
            None
            if checkin.help
            else need_help.button(call.stamp, t("I need help with something"), week=checkin.week.iso),
        ),
    )


def _outcome(promise: Promise | None, checkin: CheckIn) -> str:
    if promise is not None and checkin.asks >= promise.asks:
        return "reached"
    return "some" if checkin.asks else "none"


def _plan_next(call: Call, reported: Week) -> Button:
    """Offer to plan what comes: the week after the running one, once that is reported."""
    return plan.button(call.stamp, t("Plan my week"), week=PlannedWeek.NEXT if reported == this_week(call) else None)


@action("week reached", again=Again.CHANGED)
def reached(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Say that the number of a week was reached."""
    about = Week.from_iso(week)
    promise = promises.find(call.tx, call.who, about)
    logged = events.of_member(call.tx, call.who, events.ASK).get(about, 0)
    return _reported(call, CheckIn(about, max(logged, promise.asks if promise else 0)))


@action("week some", form=t("How was my week?"))
def some(
    call: Call,
    *,
    week: Annotated[str, WEEK],
    asks: Annotated[int, Number(label=t("How many people did I ask?"), most=MOST)],
) -> Reply:
    """Say how much of the number of a week was done."""
    return _reported(call, CheckIn(Week.from_iso(week), asks))


@action("week none", again=Again.CHANGED)
def none(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Say honestly that a week had no ask; the promise is kept."""
    return _reported(call, CheckIn(Week.from_iso(week), 0))


@action("week pause-one", again=Again.CHANGED)
def pause_one(call: Call, *, week: Annotated[str, WEEK]) -> Reply:
    """Pause the week that was asked about, so that it counts neither way."""
    about = Week.from_iso(week)
    members.pause(call.tx, call.who, about, about)
    return reply(
        t("The week of {week} is a pause. You keep your weeks in a row.", week=WeekOf(about.monday)),
        buttons(_plan_next(call, about)),
    )


@action("week need-help", form=t("What help do I need?"))
def need_help(
    call: Call, *, week: Annotated[str, WEEK], help_: Annotated[str, Line(label=t("What help do I need?"), most=200)]
) -> Reply:
    """Note what would help; only the member sees it."""
    about = Week.from_iso(week)
    checkin = replace(promises.checkin(call.tx, call.who, about) or CheckIn(about, 0), help=help_)
    promises.report(call.tx, call.who, checkin, _outcome(promises.find(call.tx, call.who, about), checkin), call.now)
    return reply(
        t("I noted it for you. You can ask the other members about it."),
        buttons(TIP_GET.button(call.stamp, t("Read a tip")), LEAD_NEXT.button(call.stamp, t("Who is next?"))),
    )

"""The member's week: the plan, how it went, and the weeks before."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.core.call import Call
from bot.core.command import Again
from bot.core.links import link
from bot.core.progress import Progress, progress
from bot.core.recording import late_note, posting_of
from bot.core.registry import action, command
from bot.core.rules import Choice, Line, Number, WeekId
from bot.domain.promise import SUGGESTED_ASKS, CheckIn, Promise
from bot.domain.week import Week
from bot.store import events, members, promises
from bot.ui.button import Button, Style
from bot.ui.reply import Fields, Heading, Listing, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, UserText, WeekOf

HISTORY = 8
MOST = 50


class Which(StrEnum):
    """The running week, or the one beside it."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"


WEEK = WeekId(label=t("Week"))


def _usual(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    now = promises.find(call.tx, call.who, call.week.next() if values.get("week") is Which.NEXT else call.week)
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
        Which,
        Choice(label=t("Which week"), of={Which.THIS: t("this week"), Which.NEXT: t("next week")}, asked=False),
    ] = Which.THIS,
) -> Reply:
    """Promise yourself a number for the week."""
    planned = call.week.next() if week is Which.NEXT else call.week
    promises.plan(call.tx, call.who, Promise(planned, asks, leads, meetings, sentence), call.now)
    return reply(
        Heading(t("My week of {week}", week=WeekOf(planned.monday))),
        _plan_card(Promise(planned, asks, leads, meetings, sentence)),
        Note(t("A small number that you reach is better than a big number that you miss.")),
        *_ask_me(call),
        buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
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
    last = call.week.previous()
    waits = promises.find(call.tx, call.who, last) is not None and promises.checkin(call.tx, call.who, last) is None
    return last if waits and call.now < posting_of(call, last) else call.week


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
        Which | None,
        Choice(label=t("Which week"), of={Which.LAST: t("last week"), Which.THIS: t("this week")}, asked=False),
    ] = None,
) -> Reply:
    """Say how your week went. A zero counts too."""
    about = {Which.LAST: call.week.previous(), Which.THIS: call.week}.get(week) if week else None
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
        _streak(progress(call)),
        Note(t("Now choose the one person for next week.")),
        buttons(
            link(call.stamp, "lead next", t("Who is next?"), Style.MAIN),
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
    return plan.button(call.stamp, t("Plan my week"), week=Which.NEXT if reported == call.week else None)


def _streak(done: Progress) -> Text | None:
    if done.streak < 2:
        return None
    return tn("{n} week in a row with your promise kept.", "{n} weeks in a row with your promise kept.", done.streak)


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
        buttons(link(call.stamp, "tip get", t("Read a tip")), link(call.stamp, "lead next", t("Who is next?"))),
    )


@command("week last", reads=True)
def last(call: Call) -> Reply:
    """See how your last week went."""
    week = call.week.previous()
    done = progress(call)
    promise, checkin = done.promises.get(week), done.checkins.get(week)
    best = done.best(week)
    rows: list[tuple[Text, Text | Count]] = [
        (t("New names"), Count(done.leads.get(week, 0))),
        (t("Asks"), Count(done.asks.get(week, 0))),
        (t("Meetings"), Count(done.meetings.get(week, 0))),
    ]
    if promise is not None:
        rows.append((t("Planned asks"), Count(promise.asks)))
    return reply(
        Heading(t("My week of {week}", week=WeekOf(week.monday))),
        Fields(tuple(rows)),
        _judged(done, week),
        t("This is your personal best.") if best.is_best else t("This is a start.") if best.is_start else None,
        _streak(done),
        buttons(
            plan.button(call.stamp, t("Plan my week"), Style.MAIN),
            report.button(call.stamp, t("Report")) if promise is not None and checkin is None else None,
        ),
    )


def _judged(done: Progress, week: Week) -> Text:
    if week in done.paused:
        return t("You paused that week.")
    if week not in done.promises:
        return t("You had no plan for that week.")
    return t("Your promise was kept.") if done.kept(week) else t("You can still report. A zero counts too.")


@command("week history", reads=True)
def history(call: Call) -> Reply:
    """See your last eight weeks."""
    done = progress(call)
    weeks = [call.week.plus(-n) for n in range(HISTORY)]
    if not any(week in counts for week in weeks for counts in (done.leads, done.asks, done.meetings, done.promises)):
        return reply(
            t("There is nothing in your last eight weeks yet."),
            Note(t("Make your first plan. Two asks are enough.")),
            buttons(plan.button(call.stamp, t("Plan my week"), Style.MAIN)),
        )
    return reply(
        Heading(t("My last eight weeks")),
        Listing(tuple(_history_line(done, week) for week in weeks if week >= done.first)),
        _streak(done),
        buttons(plan.button(call.stamp, t("Plan my week"), Style.MAIN)),
    )


def _history_line(done: Progress, week: Week) -> Text:
    if week in done.paused:
        return t("{week}: pause", week=WeekOf(week.monday))
    said = t(
        "{week}: {leads}, {asks}, {meetings}",
        week=WeekOf(week.monday),
        leads=tn("{n} lead", "{n} leads", done.leads.get(week, 0)),
        asks=tn("{n} ask", "{n} asks", done.asks.get(week, 0)),
        meetings=tn("{n} meeting", "{n} meetings", done.meetings.get(week, 0)),
    )
    return t("{line}, promise kept", line=said) if done.kept(week) else said

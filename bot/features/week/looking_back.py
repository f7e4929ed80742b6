"""The week before, and the weeks before it, as a member alone sees them."""

from bot.domain.week import Week
from bot.engine.call import Call
from bot.features.registry import command
from bot.features.week.commands import plan, report
from bot.features.week.progress import Progress, progress, streak_note
from bot.features.week.running import this_week
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Listing, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, WeekOf

HISTORY = 8
"""Weeks of the history."""


@command("week last", reads=True)
def last(call: Call) -> Reply:
    """See how your last week went."""
    week = this_week(call).previous()
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
        streak_note(done),
        buttons(
            plan.button(call.stamp, t("Plan my week"), Style.MAIN),
            report.button(call.stamp, t("Report on my week")) if promise is not None and checkin is None else None,
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
    weeks = [this_week(call).plus(-n) for n in range(HISTORY)]
    if not any(week in counts for week in weeks for counts in (done.leads, done.asks, done.meetings, done.promises)):
        return reply(
            t("There is nothing in your last eight weeks yet."),
            Note(t("Make your first plan. Two asks are enough.")),
            buttons(plan.button(call.stamp, t("Plan my week"), Style.MAIN)),
        )
    return reply(
        Heading(t("My last eight weeks")),
        Listing(tuple(_history_line(done, week) for week in weeks if week >= done.first)),
        streak_note(done),
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

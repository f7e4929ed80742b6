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
    my_weeks = progress(call)
    promise, checkin = my_weeks.promises.get(week), my_weeks.checkins.get(week)
    best = my_weeks.best(week)
    rows: list[tuple[Text, Text | Count]] = [
        (t("New names"), Count(my_weeks.leads.get(week, 0))),
        (t("Asks"), Count(my_weeks.asks.get(week, 0))),
        (t("Meetings"), Count(my_weeks.meetings.get(week, 0))),
    ]
    if promise is not None:
        rows.append((t("Planned asks"), Count(promise.asks)))
    return reply(
        Heading(t("My week of {week}", week=WeekOf(week.monday))),
        Fields(tuple(rows)),
        _outcome_words(my_weeks, week),
        t("This is your personal best.") if best.is_best else t("This is a start.") if best.is_start else None,
        streak_note(my_weeks),
        buttons(
            plan.button(call.stamp, t("Plan my week"), Style.MAIN),
            report.button(call.stamp, t("Report on my week")) if promise is not None and checkin is None else None,
        ),
    )


def _outcome_words(my_weeks: Progress, week: Week) -> Text:
    if week in my_weeks.paused:
        return t("You paused that week.")
    if week not in my_weeks.promises:
        return t("You had no plan for that week.")
    return t("Your promise was kept.") if my_weeks.kept(week) else t("You can still report. A zero counts too.")


@command("week history", reads=True)
def history(call: Call) -> Reply:
    """See your last eight weeks."""
    my_weeks = progress(call)
    weeks = [this_week(call).plus(-n) for n in range(HISTORY)]
    if not any(
        week in counts
        for week in weeks
        for counts in (my_weeks.leads, my_weeks.asks, my_weeks.meetings, my_weeks.promises)
    ):
        return reply(
            t("There is nothing in your last eight weeks yet."),
            Note(t("Make your first plan. Two asks are enough.")),
            buttons(plan.button(call.stamp, t("Plan my week"), Style.MAIN)),
        )
    return reply(
        Heading(t("My last eight weeks")),
        Listing(tuple(_history_line(my_weeks, week) for week in weeks if week >= my_weeks.first)),
        streak_note(my_weeks),
        buttons(plan.button(call.stamp, t("Plan my week"), Style.MAIN)),
    )


def _history_line(my_weeks: Progress, week: Week) -> Text:
    if week in my_weeks.paused:
        return t("{week}: pause", week=WeekOf(week.monday))
    line = t(
        "{week}: {leads}, {asks}, {meetings}",
        week=WeekOf(week.monday),
        leads=tn("{n} lead", "{n} leads", my_weeks.leads.get(week, 0)),
        asks=tn("{n} ask", "{n} asks", my_weeks.asks.get(week, 0)),
        meetings=tn("{n} meeting", "{n} meetings", my_weeks.meetings.get(week, 0)),
    )
    return t("{line}, promise kept", line=line) if my_weeks.kept(week) else line

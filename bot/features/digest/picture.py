"""The picture of the digest: its numbers as data, and the words that stand for it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.digest import DigestFacts, Disclosure, Totals, step_below
from bot.domain.goal import steps
from bot.ui.chart import Chart, GoalBar, TopPlace, WeekTotals
from bot.ui.reply import Image
from bot.ui.text import Text, Value, t, tn
from bot.ui.values import Count, InLanguage


def picture(digest: DigestFacts, languages: Sequence[str]) -> Image:
    """Make the chart of a digest, with the words that stand for it."""
    weeks = tuple(_column(totals) for totals in digest.totals)
    places = tuple(TopPlace(row.place, row.score.name, row.score.value) for row in digest.board)
    leads, asks, meetings = amounts(digest.this_week)
    description = t(
        "Chart of {weeks}. Last week: {leads}, {asks}, {meetings}.",
        weeks=tn("{n} week", "{n} weeks", len(digest.totals)),
        leads=leads,
        asks=asks,
        meetings=meetings,
    )
    return Image(Chart(weeks, places, _goal_bar(digest)), in_each(description, languages, t("{first} {second}")))


def _goal_bar(digest: DigestFacts) -> GoalBar | None:
    if digest.goal is None:
        return None
    return GoalBar(steps(digest.this_week), digest.goal.number, digest.this_week.told)


def _column(totals: Totals) -> WeekTotals:
    """Make the column of a week in the chart, with rounded or no numbers where exact ones may not be told."""
    numbers = totals.leads, totals.asks, totals.meetings
    match totals.told:
        case Disclosure.EXACT:
            return WeekTotals(totals.week.key, *numbers)
        case Disclosure.ABOUT:
            return WeekTotals(totals.week.key, *map(step_below, numbers), told=totals.told)
        case Disclosure.NOTHING:
            return WeekTotals(totals.week.key, 0, 0, 0, told=totals.told)


def amounts(totals: Totals) -> tuple[Value, Value, Value]:
    """Say the leads, asks and meetings of a week, rounded down where exact totals would tell of one member."""
    if totals.told is Disclosure.EXACT:
        return (
            tn("{n} lead", "{n} leads", totals.leads),
            tn("{n} ask", "{n} asks", totals.asks),
            tn("{n} meeting", "{n} meetings", totals.meetings),
        )
    leads, asks, meetings = (step_below(number) for number in (totals.leads, totals.asks, totals.meetings))
    # "None" would be an exact total, so it is said together with "a few". With a board there are always some leads.
    return (
        t("more than {n} leads", n=Count(leads)) if leads else t("a few leads"),
        t("more than {n} asks", n=Count(asks)) if asks else t("a few asks or none"),
        t("more than {n} meetings", n=Count(meetings)) if meetings else t("a few meetings or none"),
    )


def in_each(words: Text, languages: Sequence[str], both: Text) -> Text:
    """Say words in each language of a post; `both` is the pattern that joins two of them."""
    if len(languages) == 1:
        return words
    first, second = (InLanguage(words, code) for code in languages)
    return replace(both, values=(("first", first), ("second", second)))

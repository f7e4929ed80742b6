"""Monday: the digest and the leaderboard in the digest channel, from a frozen snapshot.

Rule: eight parts in a fixed order, at most 2,000 characters of text, nobody pinged, no name without consent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.digest import DigestFacts, Told, Totals, first_few, step_below
from bot.domain.leaderboard import Ranked
from bot.domain.week import Week
from bot.engine.call import Stamp
from bot.engine.schedule import Skip
from bot.engine.tokens import Audience, Signer
from bot.features.digest import facts
from bot.features.people import rate_words
from bot.features.registry import refer_to
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.chart import Chart, TopPlace, WeekTotals
from bot.ui.plain import plain
from bot.ui.reply import BoardRow, Heading, Image, Listing, Note, Paragraph, Part, Ranking, Reply, buttons
from bot.ui.text import Text, Value, t, tn
from bot.ui.values import Count, InLanguage, Together, UserText, WeekOf

LEAD_ADD = refer_to("lead add")
TIP_GET = refer_to("tip get")
WEEK_PLAN = refer_to("week plan")

MOST_CHARACTERS = 2000
"""Rule: the text of the digest, in all its languages, has at most this many characters."""


@dataclass(frozen=True, slots=True)
class DigestSize:
    """How much of each list is shown; a digest that is too long is made again with less."""

    rows: int
    names: int
    letters: int


ROOMS = (
    DigestSize(10, 6, 200),
    DigestSize(8, 6, 120),
    DigestSize(5, 4, 80),
    DigestSize(5, 3, 50),
    DigestSize(5, 2, 30),
    DigestSize(3, 1, 20),
    DigestSize(3, 1, 12),
)


def compose(tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
    """Make the digest of a period from its frozen week; what comes later counts in nothing already posted."""
    known = facts.frozen(tx, community, Week.from_iso(period).previous(), due)
    if community.digest_channel is None:
        return Skip("no-channel")
    return written(facts.told(tx, community, known), community, signer, due)


def written(known: DigestFacts, community: Community, signer: Signer, now: datetime) -> Reply:
    """Write the facts in the community's language or languages, as short as it must be."""
    languages = [code for code in (community.language, community.second_language) if code]
    stamp = Stamp(signer, Audience(community.platform, community.platform_id, None), now)
    picture = () if known.is_quiet else (_picture(known, languages),)
    made = Reply(())
    for room in ROOMS:
        made = Reply((*(part for code in languages for part in _in_language(known, room, code)), *picture))
        if len(plain(made, languages[0])) <= MOST_CHARACTERS:
            break
    return Reply((*made.parts, *_to_do(stamp, languages)))


def _in_language(known: DigestFacts, room: DigestSize, language: str) -> list[Part]:
    """Fix the language of each part, because one post may have two."""
    parts = _quiet(known, room) if known.is_quiet else _full(known, room)
    return [_fixed(part, language) for part in parts]


def _fixed(part: Part, language: str) -> Part:
    def said(words: Text) -> InLanguage:
        return InLanguage(words, language)

    match part:
        case Heading(text=Text() as words):
            return Heading(said(words))
        case Paragraph(text=Text() as words):
            return Paragraph(said(words))
        case Note(text=Text() as words):
            return Note(said(words))
        case Listing():
            return Listing(tuple(said(item) if isinstance(item, Text) else item for item in part.items))
        case Ranking():
            return replace(part, language=language)
        case _:
            return part


def _full(known: DigestFacts, room: DigestSize) -> list[Part]:
    made: list[Part | None] = [
        Heading(t("The week of {week}", week=WeekOf(known.week.monday))),
        Paragraph(_totals(known)),
        Paragraph(t("Most leads")) if known.board else None,
        *_places(known, room),
        *_good_news(known, room),
        _bests(known, room),
        _promises(known),
        _buddies(known),
        _first_asks(known, room),
        *_tip(known, room),
        _rates(known, room),
    ]
    return [part for part in made if part is not None]


def _quiet(known: DigestFacts, room: DigestSize) -> list[Part]:
    kind = Paragraph(t("A calm week. One short message to one person is a good start."))
    heading = Heading(t("The week of {week}", week=WeekOf(known.week.monday)))
    # Good news that a member chose to share is told in a calm week too.
    return [heading, kind, *_good_news(known, room), *_tip(known, room)]


def _totals(known: DigestFacts) -> Text:
    now, before = _amounts(known.this_week), known.week_before
    together = t("Together: {leads}, {asks}, {meetings}.", leads=now[0], asks=now[1], meetings=now[2])
    if before is None:
        return together
    if before.told is Told.NOTHING:
        return t("{together} The week before was calm.", together=together)
    then = _amounts(before)
    return t("{together} The week before: {l}, {a} and {m}.", together=together, l=then[0], a=then[1], m=then[2])


def _amounts(totals: Totals) -> tuple[Value, Value, Value]:
    """Say the three totals of a week with what they count; about how many, where one could tell of one member."""
    if totals.told is Told.EXACT:
        return (
            tn("{n} lead", "{n} leads", totals.leads),
            tn("{n} ask", "{n} asks", totals.asks),
            tn("{n} meeting", "{n} meetings", totals.meetings),
        )
    leads, asks, meetings = (step_below(number) for number in (totals.leads, totals.asks, totals.meetings))
    # That there was none would tell too, so it sounds like a few; with a board there are always some leads.
    return (
        t("more than {n} leads", n=Count(leads)) if leads else t("a few leads"),
        t("more than {n} asks", n=Count(asks)) if asks else t("a few asks or none"),
        t("more than {n} meetings", n=Count(meetings)) if meetings else t("a few meetings or none"),
    )


def _short(words: str, letters: int) -> UserText:
    return UserText(words if len(words) <= letters else words[: letters - 1].rstrip() + "…")


def _place(each: Ranked, room: DigestSize) -> BoardRow:
    return BoardRow(each.place, _short(each.score.name, min(room.letters, 40)), t("{n}", n=Count(each.score.value)))


def _places(known: DigestFacts, room: DigestSize) -> list[Part]:
    """Write the places for which there is room; of many who share a place, the rest are counted."""
    if not known.board:
        return []
    shown = known.board[: room.rows]
    more = len(known.board) - len(shown)
    ranking = Ranking(tuple(_place(each, room) for each in shown))
    return [ranking, Note(tn("And {n} more member.", "And {n} more members.", more))] if more else [ranking]


def _good_news(known: DigestFacts, room: DigestSize) -> list[Part]:
    if not known.wins:
        return []
    said = [
        t("{name}: {text}", name=_short(win.name, min(room.letters, 40)), text=_short(win.text, room.letters))
        if win.name
        else t("A member: {text}", text=_short(win.text, room.letters))
        for win in known.wins
    ]
    return [Paragraph(t("Good news")), Listing(tuple(said))]


def _names(names: list[str], more: int, room: DigestSize) -> Text:
    shown: tuple[UserText | Text, ...] = tuple(_short(name, min(room.letters, 30)) for name in names)
    rest = (tn("{n} more", "{n} more", more),) if more else ()
    return t("{names}", names=Together((*shown, *rest)))


def _bests(known: DigestFacts, room: DigestSize) -> Paragraph | None:
    if not known.bests:
        return None
    return Paragraph(t("Personal best: {names}.", names=_names(*first_few(known.bests, room.names), room)))


def _promises(known: DigestFacts) -> Paragraph | None:
    if not known.promised:
        return None
    return Paragraph(
        t(
            "Promises with a report: {reported} of {promised}. A zero counts too.",
            reported=Count(known.reported),
            promised=Count(known.promised),
        )
    )


def _buddies(known: DigestFacts) -> Paragraph | None:
    if not known.buddies:
        return None
    return Paragraph(tn("{n} member has a buddy.", "{n} members have a buddy.", known.buddies))


def _first_asks(known: DigestFacts, room: DigestSize) -> Paragraph | None:
    names, more = first_few(known.first_asks, room.names)
    more += known.first_asks_unnamed
    if names:
        return Paragraph(t("First ask ever: {names}. Well done.", names=_names(names, more, room)))
    if more:
        return Paragraph(
            tn("{n} member sent a first ask. Well done.", "{n} members sent a first ask. Well done.", more)
        )
    return None


def _tip(known: DigestFacts, room: DigestSize) -> list[Part]:
    tip = known.tip
    if tip is None:
        return []
    words: Text = t(tip.text) if tip.seeded else t("{text}", text=_short(tip.text, max(room.letters, 120)))
    said = Paragraph(t("Tip: {tip}", tip=words))
    if tip.evidence is None:
        return [said]
    tried, worked, _ = tip.evidence
    return [said, Note(t("Tried by {tried}, worked for {worked}.", tried=Count(tried), worked=Count(worked)))]


def _rates(known: DigestFacts, room: DigestSize) -> Note | None:
    """Say how asks were answered, where enough members sent enough of them."""
    if not known.rates:
        return None
    shown = tuple(rate_words(rate) for rate in known.rates[: room.names])
    return Note(t("What our messages show: {rates}.", rates=Together(shown)))


def _picture(known: DigestFacts, languages: Sequence[str]) -> Image:
    weeks = tuple(_column(totals) for totals in known.totals)
    places = tuple(TopPlace(each.place, each.score.name, each.score.value) for each in known.board)
    leads, asks, meetings = _amounts(known.this_week)
    said = t(
        "Chart of {weeks}. Last week: {leads}, {asks}, {meetings}.",
        weeks=tn("{n} week", "{n} weeks", len(known.totals)),
        leads=leads,
        asks=asks,
        meetings=meetings,
    )
    return Image(Chart(weeks, places), _in_each(said, languages, t("{first} {second}")))


def _column(totals: Totals) -> WeekTotals:
    """Give a week to the chart with no more than may be told of it."""
    numbers = totals.leads, totals.asks, totals.meetings
    match totals.told:
        case Told.EXACT:
            return WeekTotals(totals.week.key, *numbers)
        case Told.ABOUT:
            return WeekTotals(totals.week.key, *map(step_below, numbers), told=totals.told)
        case Told.NOTHING:
            return WeekTotals(totals.week.key, 0, 0, 0, told=totals.told)


def _to_do(stamp: Stamp, languages: Sequence[str]) -> tuple[Part, ...]:
    def label(words: Text) -> Text:
        return _in_each(words, languages, t("{first} / {second}"))

    return (
        buttons(
            LEAD_ADD.button(stamp, label(t("Add a person")), Style.MAIN),
            WEEK_PLAN.button(stamp, label(t("Plan my week"))),
            TIP_GET.button(stamp, label(t("Read a tip"))),
        ),
    )


def _in_each(words: Text, languages: Sequence[str], both: Text) -> Text:
    """Say words in both languages of a post, where it has two."""
    if len(languages) == 1:
        return words
    first, second = (InLanguage(words, code) for code in languages)
    return replace(both, values=(("first", first), ("second", second)))

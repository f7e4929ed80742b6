"""Monday: the digest and the leaderboard in the digest channel, from a frozen snapshot.

Rule: eight parts in a fixed order, at most 2,000 characters of text, nobody pinged, no name without consent.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.core.call import Stamp
from bot.core.links import link
from bot.core.tokens import Audience, Signer
from bot.core.wording import rate_words
from bot.domain.community import Community
from bot.domain.digest import DigestFacts, Totals, first_few
from bot.domain.leaderboard import Ranked
from bot.domain.week import Week
from bot.schedules import facts
from bot.schedules.schedule import Skip
from bot.store import tips
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.chart import Chart, TopPlace, WeekTotals
from bot.ui.plain import plain
from bot.ui.reply import Heading, Image, Listing, Note, Paragraph, Part, Place, Ranking, Reply, buttons
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, InLanguage, Together, UserText, WeekOf

MOST_CHARACTERS = 2000
"""Rule: the text of the digest, in all its languages, has at most this many characters."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each list is shown; a digest that is too long is made again with less."""

    rows: int
    wins: int
    names: int
    letters: int


ROOMS = (
    Room(10, 5, 6, 200),
    Room(8, 4, 6, 120),
    Room(6, 3, 4, 80),
    Room(5, 2, 3, 50),
    Room(5, 1, 2, 30),
    Room(3, 1, 1, 20),
)


def compose(tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
    """Make the digest of a period and freeze its week; what comes later counts in nothing already posted."""
    if community.digest_channel is None:
        return Skip("no-channel")
    week = Week.from_iso(period).previous()
    known = facts.gather(tx, community, week, due)
    known = facts.freeze(tx, community, known, due)
    if known.tip is not None:
        tips.shown(tx, community.id, known.tip.id, week)
    return written(known, community, signer, due)


def draft(tx: Tx, community: Community, period: Week, now: datetime, signer: Signer) -> Reply:
    """Make the digest of a period as it would be now; nothing is kept."""
    return written(facts.gather(tx, community, period.previous(), now), community, signer, now)


def written(known: DigestFacts, community: Community, signer: Signer, now: datetime) -> Reply:
    """Write the facts in the community's language or languages, as short as it must be."""
    languages = [code for code in (community.language, community.second_language) if code]
    stamp = Stamp(signer, Audience(community.platform, community.platform_id, None), now)
    made = Reply(())
    for room in ROOMS:
        made = Reply(tuple(part for code in languages for part in _in_language(known, room, code)))
        if len(plain(made, languages[0])) <= MOST_CHARACTERS - len(_alt_text(known, languages[0])):
            break
    picture = () if known.is_quiet else (_picture(known),)
    return Reply((*made.parts, *picture, *_to_do(stamp)))


def _in_language(known: DigestFacts, room: Room, language: str) -> list[Part]:
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
        case _:
            return part


def _full(known: DigestFacts, room: Room) -> list[Part]:
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


def _quiet(known: DigestFacts, room: Room) -> list[Part]:
    kind = Paragraph(t("A calm week. One short message to one person is a good start."))
    heading = Heading(t("The week of {week}", week=WeekOf(known.week.monday)))
    # Good news that a member chose to share is told in a calm week too.
    return [heading, kind, *_good_news(known, room), *_tip(known, room)]


def _totals(known: DigestFacts) -> Text:
    return t(
        "Together: {leads}, {asks}, {meetings}. The week before: {leads_before}, {asks_before}, {meetings_before}.",
        **_counted(known.this_week, ""),
        **_counted(known.week_before, "_before"),
    )


def _counted(totals: Totals, when: str) -> dict[str, Text]:
    return {
        f"leads{when}": tn("{n} lead", "{n} leads", totals.leads),
        f"asks{when}": tn("{n} ask", "{n} asks", totals.asks),
        f"meetings{when}": tn("{n} meeting", "{n} meetings", totals.meetings),
    }


def _short(words: str, letters: int) -> UserText:
    return UserText(words if len(words) <= letters else words[: letters - 1].rstrip() + "…")


def _place(each: Ranked, room: Room) -> Place:
    return Place(each.place, _short(each.score.name, min(room.letters, 40)), t("{n}", n=Count(each.score.value)))


def _places(known: DigestFacts, room: Room) -> list[Part]:
    """Write the places for which there is room; of many who share a place, the rest are counted."""
    if not known.board:
        return []
    shown = known.board[: room.rows]
    more = len(known.board) - len(shown)
    ranking = Ranking(tuple(_place(each, room) for each in shown))
    return [ranking, Note(tn("And {n} more member.", "And {n} more members.", more))] if more else [ranking]


def _good_news(known: DigestFacts, room: Room) -> list[Part]:
    if not known.wins:
        return []
    said = [
        t("{name}: {text}", name=_short(win.name, 40), text=_short(win.text, room.letters))
        if win.name
        else t("A member: {text}", text=_short(win.text, room.letters))
        for win in known.wins[: room.wins]
    ]
    return [Paragraph(t("Good news")), Listing(tuple(said))]


def _names(names: list[str], more: int) -> Text:
    shown: tuple[UserText | Text, ...] = tuple(_short(name, 30) for name in names)
    rest = (tn("{n} more", "{n} more", more),) if more else ()
    return t("{names}", names=Together((*shown, *rest)))


def _bests(known: DigestFacts, room: Room) -> Paragraph | None:
    if not known.bests:
        return None
    return Paragraph(t("Personal best: {names}.", names=_names(*first_few(known.bests, room.names))))


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


def _first_asks(known: DigestFacts, room: Room) -> Paragraph | None:
    names, more = first_few(known.first_asks, room.names)
    more += known.first_asks_unnamed
    if names:
        return Paragraph(t("First ask ever: {names}. Well done.", names=_names(names, more)))
    if more:
        return Paragraph(
            tn("{n} member sent a first ask. Well done.", "{n} members sent a first ask. Well done.", more)
        )
    return None


def _tip(known: DigestFacts, room: Room) -> list[Part]:
    tip = known.tip
    if tip is None:
        return []
    words: Text = t(tip.text) if tip.seeded else t("{text}", text=_short(tip.text, max(room.letters, 120)))
    said = Paragraph(t("Tip: {tip}", tip=words))
    if tip.evidence is None:
        return [said]
    tried, worked = tip.evidence
    return [said, Note(t("Tried by {tried}, worked for {worked}.", tried=Count(tried), worked=Count(worked)))]


def _rates(known: DigestFacts, room: Room) -> Note | None:
    """Say how asks were answered, where enough members sent enough of them."""
    if not known.rates:
        return None
    shown = tuple(rate_words(rate) for rate in known.rates[: room.wins])
    return Note(t("What our messages show: {rates}.", rates=Together(shown)))


def _picture(known: DigestFacts) -> Image:
    weeks = tuple(WeekTotals(total.week.key, total.leads, total.asks, total.meetings) for total in known.totals)
    places = tuple(TopPlace(each.place, each.score.name, each.score.value) for each in known.board)
    return Image(Chart(weeks, places), _alt(known))


def _alt(known: DigestFacts) -> Text:
    now = known.this_week
    return t(
        "Chart of {weeks}. Last week: {leads}, {asks}, {meetings}.",
        weeks=tn("{n} week", "{n} weeks", len(known.totals)),
        leads=tn("{n} lead", "{n} leads", now.leads),
        asks=tn("{n} ask", "{n} asks", now.asks),
        meetings=tn("{n} meeting", "{n} meetings", now.meetings),
    )


def _alt_text(known: DigestFacts, language: str) -> str:
    return "" if known.is_quiet else plain(Reply((Note(_alt(known)),)), language)


def _to_do(stamp: Stamp) -> tuple[Part, ...]:
    return (
        buttons(
            link(stamp, "lead add", t("Add a person"), Style.MAIN),
            link(stamp, "week plan", t("Plan my week")),
            link(stamp, "tip get", t("Read a tip")),
        ),
    )

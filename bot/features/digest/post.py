"""Writes the weekly digest with its leaderboard, from the snapshot of a week.

Rule: eight parts in a fixed order, at most 2,000 characters of text, nobody pinged, no name without consent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.digest import DigestFacts, Disclosure, GoodNews, first_few
from bot.domain.leaderboard import RankedMember
from bot.domain.week import Week
from bot.engine.call import Stamp
from bot.engine.schedule import Skip
from bot.engine.tokens import Audience, Signer
from bot.features.board import goal_words
from bot.features.digest import facts
from bot.features.digest.picture import amounts, in_each, picture
from bot.features.people import rate_words
from bot.features.registry import refer_to
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.plain import plain
from bot.ui.reply import BoardRow, Heading, Listing, Note, Paragraph, Part, Ranking, Reply, buttons
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, InLanguage, Together, UserText, WeekOf

LEAD_ADD = refer_to("lead add")
TIP_GET = refer_to("tip get")
WEEK_PLAN = refer_to("week plan")

MOST_CHARACTERS = 2000
"""Rule: the text of the digest, in all its languages, has at most this many characters."""


@dataclass(frozen=True, slots=True)
class DigestSize:
    """How many rows and names are shown, and how many letters of a text."""

    rows: int
    names: int
    letters: int


SIZES = (
    DigestSize(10, 6, 200),
    DigestSize(8, 6, 120),
    DigestSize(5, 4, 80),
    DigestSize(5, 3, 50),
    DigestSize(5, 2, 30),
    DigestSize(3, 1, 20),
    DigestSize(3, 1, 12),
)
"""The sizes that are tried, the largest first, until the digest is short enough."""


def compose(tx: Tx, community: Community, period: str, due: datetime, signer: Signer) -> Reply | Skip:
    """Write the digest that is posted in a period, about the week before it.

    The snapshot is taken first, even when there is no channel: figures change at the hour of the digest, always.
    """
    snapshot = facts.freeze_week(tx, community, Week.from_iso(period).previous(), due)
    if community.digest_channel is None:
        return Skip("no-channel")
    return write_digest(facts.gather_facts(tx, community, snapshot), community, signer, due)


def write_digest(digest: DigestFacts, community: Community, signer: Signer, now: datetime) -> Reply:
    """Write a digest in the community's one or two languages, in the largest size that is short enough."""
    languages = [code for code in (community.language, community.second_language) if code]
    stamp = Stamp(signer, Audience(community.platform, community.platform_id, None), now)
    chart = () if digest.is_quiet else (picture(digest, languages),)
    body = Reply(())
    for size in SIZES:
        body = Reply((*(part for code in languages for part in _in_language(digest, size, code)), *chart))
        # Which language is passed makes no difference, as each part is fixed to its own.
        if len(plain(body, languages[0])) <= MOST_CHARACTERS:
            break
    return Reply((*body.parts, *_to_do(stamp, languages)))


def _in_language(digest: DigestFacts, size: DigestSize, language: str) -> list[Part]:
    """Write a digest so that it stays in this language, because one post may have two."""
    parts = _quiet(digest, size) if digest.is_quiet else _full(digest, size)
    return [_fixed(part, language) for part in parts]


def _fixed(part: Part, language: str) -> Part:
    """Replace the texts of a part by texts that are always said in one language."""

    def fixed_text(words: Text) -> InLanguage:
        return InLanguage(words, language)

    match part:
        case Heading(text=Text() as words):
            return Heading(fixed_text(words))
        case Paragraph(text=Text() as words):
            return Paragraph(fixed_text(words))
        case Note(text=Text() as words):
            return Note(fixed_text(words))
        case Listing():
            return Listing(tuple(fixed_text(item) if isinstance(item, Text) else item for item in part.items))
        case Ranking():
            return replace(part, language=language)
        case _:
            return part


def _full(digest: DigestFacts, size: DigestSize) -> list[Part]:
    parts: list[Part | None] = [
        Heading(t("The week of {week}", week=WeekOf(digest.week.monday))),
        Paragraph(_totals(digest)),
        *_goal(digest, size),
        Paragraph(t("Most leads")) if digest.board else None,
        *_places(digest, size),
        *_good_news(digest, size),
        _bests(digest, size),
        _promises(digest),
        _buddies(digest),
        _first_asks(digest, size),
        *_tip(digest, size),
        _rates(digest, size),
    ]
    return [part for part in parts if part is not None]


def _quiet(digest: DigestFacts, size: DigestSize) -> list[Part]:
    greeting = Paragraph(t("A calm week. One short message to one person is a good start."))
    heading = Heading(t("The week of {week}", week=WeekOf(digest.week.monday)))
    # Good news that a member chose to share is told in a calm week too.
    return [heading, greeting, *_good_news(digest, size), *_tip(digest, size)]


def _totals(digest: DigestFacts) -> Text:
    now, before = amounts(digest.this_week), digest.week_before
    together = t("Together: {leads}, {asks}, {meetings}.", leads=now[0], asks=now[1], meetings=now[2])
    if before is None:
        return together
    if before.told is Disclosure.NOTHING:
        return t("{together} The week before was calm.", together=together)
    then = amounts(before)
    return t("{together} The week before: {l}, {a} and {m}.", together=together, l=then[0], a=then[1], m=then[2])


def _goal(digest: DigestFacts, size: DigestSize) -> Sequence[Part]:
    """Write the goal with its bar; the remark below it only where there is room."""
    if digest.goal is None:
        return ()
    parts = goal_words(digest.goal, digest.this_week)
    return parts if size.letters > SIZES[-2].letters else [part for part in parts if not isinstance(part, Note)]


def _short(words: str, letters: int) -> UserText:
    return UserText(words if len(words) <= letters else words[: letters - 1].rstrip() + "…")


def _place(row: RankedMember, size: DigestSize) -> BoardRow:
    return BoardRow(row.place, _short(row.score.name, min(size.letters, 40)), t("{n}", n=Count(row.score.value)))


def _places(digest: DigestFacts, size: DigestSize) -> list[Part]:
    """Write the rows for which there is room; the others are counted."""
    if not digest.board:
        return []
    shown = digest.board[: size.rows]
    more = len(digest.board) - len(shown)
    ranking = Ranking(tuple(_place(row, size) for row in shown))
    return [ranking, Note(tn("And {n} more member.", "And {n} more members.", more))] if more else [ranking]


def _good_news(digest: DigestFacts, size: DigestSize) -> list[Part]:
    if not digest.wins:
        return []
    lines = tuple(_news_line(win, size) for win in digest.wins)
    return [Paragraph(t("Good news")), Listing(lines)]


def _news_line(win: GoodNews, size: DigestSize) -> Text:
    words = t(win.text) if win.made_up else _short(win.text, size.letters)
    if not win.name:
        return t("A member: {text}", text=words)
    return t("{name}: {text}", name=_short(win.name, min(size.letters, 40)), text=words)


def _names(names: list[str], more: int, size: DigestSize) -> Text:
    shown: tuple[UserText | Text, ...] = tuple(_short(name, min(size.letters, 30)) for name in names)
    others = (tn("{n} more", "{n} more", more),) if more else ()
    return t("{names}", names=Together((*shown, *others)))


def _bests(digest: DigestFacts, size: DigestSize) -> Paragraph | None:
    if not digest.bests:
        return None
    return Paragraph(t("Personal best: {names}.", names=_names(*first_few(digest.bests, size.names), size)))


def _promises(digest: DigestFacts) -> Paragraph | None:
    if not digest.promised:
        return None
    return Paragraph(
        t(
            "Promises with a report: {reported} of {promised}. A zero counts too.",
            reported=Count(digest.reported),
            promised=Count(digest.promised),
        )
    )


def _buddies(digest: DigestFacts) -> Paragraph | None:
    if not digest.buddies:
        return None
    return Paragraph(tn("{n} member has a buddy.", "{n} members have a buddy.", digest.buddies))


def _first_asks(digest: DigestFacts, size: DigestSize) -> Paragraph | None:
    names, more = first_few(digest.first_asks, size.names)
    more += digest.first_asks_unnamed
    if names:
        return Paragraph(t("First ask ever: {names}. Well done.", names=_names(names, more, size)))
    if more:
        return Paragraph(
            tn("{n} member sent a first ask. Well done.", "{n} members sent a first ask. Well done.", more)
        )
    return None


def _tip(digest: DigestFacts, size: DigestSize) -> list[Part]:
    tip = digest.tip
    if tip is None:
        return []
    words: Text = t(tip.text) if tip.seeded else t("{text}", text=_short(tip.text, max(size.letters, 120)))
    advice = Paragraph(t("Tip: {tip}", tip=words))
    if tip.evidence is None:
        return [advice]
    tried, worked, _ = tip.evidence
    return [advice, Note(t("Tried by {tried}, worked for {worked}.", tried=Count(tried), worked=Count(worked)))]


def _rates(digest: DigestFacts, size: DigestSize) -> Note | None:
    """Say how asks of each wording were answered; None while too few members sent asks."""
    if not digest.rates:
        return None
    shown = tuple(rate_words(rate) for rate in digest.rates[: size.names])
    return Note(t("What our messages show: {rates}.", rates=Together(shown)))


def _to_do(stamp: Stamp, languages: Sequence[str]) -> tuple[Part, ...]:
    def label(words: Text) -> Text:
        return in_each(words, languages, t("{first} / {second}"))

    return (
        buttons(
            LEAD_ADD.button(stamp, label(t("Add a person")), Style.MAIN),
            WEEK_PLAN.button(stamp, label(t("Plan my week"))),
            TIP_GET.button(stamp, label(t("Read a tip"))),
        ),
    )

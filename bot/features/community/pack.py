"""Tips of the organisers' own as a pack: a text to keep, to change, and to bring to another community."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from bot.domain.ids import TipId
from bot.domain.pack import PackTip, read_pack, write_packs
from bot.domain.tip import Topic
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, BotError, NotNow, not_found
from bot.engine.rules import Lines, RowId
from bot.features.people import TOPICS
from bot.features.registry import action, command, refer_to
from bot.features.tip import check_tip, first_letters
from bot.letters import folded, letters_of
from bot.store import communities, tips
from bot.ui.languages import spoken
from bot.ui.reply import File, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tc, tn
from bot.ui.values import CommandRef, Count, UserText
from bot.ui.voice import say

TIP_LIST = refer_to("tip list")

LONGEST = 3000
"""Characters of a pack at once: no more fits into one answer of Slack's form."""
MOST = 60
SHOWN = 8


@command("community pack export", access=Access.ORGANISER, reads=True)
def export_(call: Call) -> Reply:
    """Get your own tips as a file, for another community."""
    named = (*communities.set_up_by(call.tx, call.community.id), *communities.named(call.tx, call.community.id))
    own = tips.of_organisers(call.tx, call.community.id, {call.member.id, *named})
    stays = Note(t("Tips of members stay in this circle, so they are not in the pack."))
    if not own:
        return reply(
            t("There is no tip of the organisers yet."),
            stays,
            Note(t("Bring some in with {command}.", command=CommandRef("community pack import"))),
        )
    names = {topic: say(name, call.language) for topic, name in TOPICS.items()}
    packs = write_packs((PackTip(tip.topic, tip.text) for tip in own), names, LONGEST, MOST)
    return reply(
        Heading(tn("{n} tip in your pack", "{n} tips in your pack", len(own))),
        *_files(packs, say(tc("name of a file", "tips"), call.language)),
        stays,
        Note(t("Bring in one file after the other: each is as long as fits at once.")) if len(packs) > 1 else None,
        Note(t("Bring the words in elsewhere with {command}.", command=CommandRef("community pack import"))),
    )


def _files(packs: Sequence[str], name: str) -> list[File]:
    """Make a file of each pack; several are numbered."""
    names = [name] if len(packs) == 1 else [f"{name}-{number}" for number in range(1, len(packs) + 1)]
    return [File(f"{stem}.txt", "text/plain", pack) for stem, pack in zip(names, packs, strict=True)]


@dataclass(slots=True)
class _Sorted:
    """What became of the tips of a pack."""

    new: list[PackTip] = field(default_factory=list[PackTip])
    already_here: int = 0
    refused: list[tuple[str, BotError]] = field(default_factory=list[tuple[str, BotError]])


@command(
    "community pack import",
    form=t("A pack of tips"),
    access=Access.ORGANISER,
    example='/community pack import text:"[asking] I write on Tuesdays. [talking] I listen first."',
)
def import_(
    call: Call,
    *,
    text: Annotated[
        str,
        Lines(
            label=t("The tips"), hint=t("A topic in [brackets] before each, or an empty line between."), most=LONGEST
        ),
    ],
) -> Reply:
    """Bring in tips of your own, many at once."""
    sorted_tips = _sort(call, read_pack(text, _topics()))
    if not (sorted_tips.new or sorted_tips.already_here or sorted_tips.refused):
        raise BadValue(t("I found no tip in it."), t("Please write one tip on each line."))
    ids = tips.add_pack(call.tx, call.community.id, sorted_tips.new, call.now)
    shown = tuple(UserText(first_letters(tip.text)) for tip in sorted_tips.new[:SHOWN])
    more = len(sorted_tips.new) - len(shown)
    return reply(
        Heading(tn("{n} new tip", "{n} new tips", len(ids))) if ids else t("Nothing changed."),
        Listing(shown) if shown else None,
        Note(tn("And {n} more.", "And {n} more.", more)) if more else None,
        Note(tn("{n} tip was here already.", "{n} tips were here already.", sorted_tips.already_here))
        if sorted_tips.already_here
        else None,
        *_refused(sorted_tips.refused),
        Note(t("Every member sees them now.")) if ids else None,
        buttons(
            TIP_LIST.button(call.stamp, t("See all tips")),
            take_back.button(call.stamp, t("Take them back"), tip=ids[0]) if ids else None,
        ),
    )


def _topics() -> dict[str, Topic]:
    """Name each topic by its stable word, and by its name in each language."""
    named = {folded(say(name, language)): topic for topic, name in TOPICS.items() for language in spoken()}
    return named | {folded(topic.value): topic for topic in Topic}


def _sort(call: Call, pack: list[PackTip]) -> _Sorted:
    """Check each tip of a pack, and leave out what is there in any state, or twice."""
    there = tips.every_text(call.tx, call.community.id)
    # Our own tips are kept in English, and read in each language.
    letters_here = {letters_of(say(t(words), language)) for words in there for language in spoken()}
    sorted_tips = _Sorted()
    for tip in pack:
        try:
            words = check_tip(call, tip.text)
        except BotError as problem:
            sorted_tips.refused.append((tip.text, problem))
            continue
        if letters_of(words) in letters_here:
            sorted_tips.already_here += 1
        elif len(sorted_tips.new) == MOST:
            full = BadValue(t("At most {n} tips come in at once.", n=Count(MOST)))
            sorted_tips.refused.append((tip.text, full))
        else:
            letters_here.add(letters_of(words))
            sorted_tips.new.append(PackTip(tip.topic, words))
    return sorted_tips


def _refused(refused: list[tuple[str, BotError]]) -> tuple[Part, ...]:
    if not refused:
        return ()
    lines: tuple[Text, ...] = tuple(
        t("{tip}: {why}", tip=UserText(first_letters(words)), why=problem.message) for words, problem in refused[:SHOWN]
    )
    return (Paragraph(tn("{n} tip did not come in:", "{n} tips did not come in:", len(refused))), Listing(lines))


@action("community pack-back", access=Access.ORGANISER, again=SecondPress.CHANGED)
def take_back(call: Call, *, tip: Annotated[TipId, RowId(label=t("Tip"))]) -> Reply:
    """Take back the tips that came in together."""
    one_tip = tips.find(call.tx, call.community.id, tip)
    if one_tip is None:
        raise NotNow(t("These tips are gone already."), t("See all with {list}.", list=CommandRef("tip list")))
    if one_tip.author is not None or one_tip.seeded:
        raise not_found(t("this pack"))
    number = tips.take_pack_back(call.tx, call.community.id, tip)
    return reply(tn("{n} tip is gone again.", "{n} tips are gone again.", number))

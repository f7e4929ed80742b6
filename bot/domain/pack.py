"""A pack of tips as text, which organisers write, keep and carry to another community."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.domain.tip import Topic
from bot.letters import folded

_HEAD = re.compile(r"\[([^\[\]\n]{1,40})\]")
_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")


class PackTip(NamedTuple):
    """One tip of a pack."""

    topic: Topic
    text: str


def write_pack(tips: Iterable[PackTip], names: Mapping[Topic, str]) -> str:
    """Write tips so that `read_pack` gives them back: the topic in brackets, then the words."""
    return "\n\n".join(f"[{names[tip.topic]}]\n{tip.text}" for tip in tips) + "\n"


def write_packs(tips: Iterable[PackTip], names: Mapping[Topic, str], longest: int, most: int) -> list[str]:
    """Write tips in as few packs as may be, each no longer, and with no more tips, than comes in at once."""
    packs: list[list[PackTip]] = [[]]
    for tip in tips:
        if len(packs[-1]) == most or len(write_pack([*packs[-1], tip], names)) > longest:
            packs.append([])
        packs[-1].append(tip)
    return [write_pack(pack, names) for pack in packs if pack]


def read_pack(text: str, topics: Mapping[str, Topic]) -> list[PackTip]:
    """Read a pack; `topics` names each topic by its folded words, in every language.

    Rule: a topic in brackets begins a tip. Where there is none, an empty line does, and where there is none either, each
    line is a tip.
    """
    tips = [PackTip(topic, _without_bullet(words)) for topic, words in _pieces(text, topics)]
    return [tip for tip in tips if tip.text]


def _pieces(text: str, topics: Mapping[str, Topic]) -> Iterator[tuple[Topic, str]]:
    heads = [head for head in _HEAD.finditer(text) if folded(head[1]) in topics]
    if not heads:
        plain = text.strip()
        yield from (
            (Topic.OTHER, words) for words in (_BLANK.split(plain) if _BLANK.search(plain) else plain.split("\n"))
        )
        return
    yield Topic.OTHER, text[: heads[0].start()]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield topics[folded(head[1])], text[head.end() : end]


def _without_bullet(words: str) -> str:
    return _BULLET.sub("", words.strip()).strip()

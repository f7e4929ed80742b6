"""A pack of tips as text, which organisers write, keep and carry to another community."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from bot.domain.tip import Topic
from bot.letters import folded

_HEAD = re.compile(r"\[([^\[\]\n]{1,40})\]")
_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
_TEXT_KEYS = ("text", "tip", "texte", "conseil")
_TOPIC_KEYS = ("topic", "sujet")


class PackTip(NamedTuple):
    """One tip of a pack."""

    topic: Topic
    text: str


def write_pack(tips: Iterable[PackTip], names: Mapping[Topic, str]) -> str:
    """Write tips so that `read_pack` gives them back: the topic in brackets, then the words."""
    topics = {folded(name): topic for topic, name in names.items()}
    return "\n\n".join(f"[{names[tip.topic]}]\n{_guarded(tip.text, topics)}" for tip in tips) + "\n"


def _guarded(text: str, topics: Mapping[str, Topic]) -> str:
    """Write a tip so that no line of it begins as a tip does: a bullet before it, and no new line inside it."""
    first, *more = text.split("\n")
    guarded = f"- {first}" if _begins(first, topics) or _BULLET.match(first) else first
    return guarded + "".join(f" {line}" if _begins(line, topics) else f"\n{line}" for line in more)


def _begins(line: str, topics: Mapping[str, Topic]) -> bool:
    head = _HEAD.match(line.lstrip())
    return head is not None and folded(head[1]) in topics


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

    Rule: a topic in brackets begins a tip: at the beginning of a line, or anywhere where all is in one line. Where there
    is none, an empty line does, and where there is none either, each line is a tip. A list of JSON is read too.
    """
    pieces = _items(text, topics)
    if pieces is None:
        pieces = [(topic, _without_bullet(words)) for topic, words in _pieces(text, topics)]
    return [PackTip(topic, words) for topic, words in pieces if words]


def _items(text: str, topics: Mapping[str, Topic]) -> list[tuple[Topic, str]] | None:
    """Read the tips of a JSON list, such as another tool exports; None when the text is no such list."""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if _is_object(data):
        data = next((value for value in data.values() if _is_list(value)), [data])
    return [_item(item, topics) for item in data] if _is_list(data) else None


def _item(item: object, topics: Mapping[str, Topic]) -> tuple[Topic, str]:
    values: Mapping[str, object] = item if _is_object(item) else {"text": item}
    return topics.get(folded(_value(values, _TOPIC_KEYS)), Topic.OTHER), _value(values, _TEXT_KEYS)


def _value(item: Mapping[str, object], keys: Sequence[str]) -> str:
    return next((value.strip() for key in keys if isinstance(value := item.get(key), str)), "")


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _pieces(text: str, topics: Mapping[str, Topic]) -> Iterator[tuple[Topic, str]]:
    heads = _heads(text, topics)
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


def _heads(text: str, topics: Mapping[str, Topic]) -> list[re.Match[str]]:
    """Find where tips begin; a topic in brackets inside a sentence is a word of a tip."""
    heads = [head for head in _HEAD.finditer(text) if folded(head[1]) in topics]
    at_lines = [head for head in heads if not text[: head.start()].rpartition("\n")[2].strip()]
    if "\n" in text.strip():
        return at_lines
    has_capitals = bool(heads) and text[heads[0].end() :].strip()[:1].isupper()
    return [head for head in heads if not (has_capitals and _is_inside(text, head))]


def _is_inside(text: str, head: re.Match[str]) -> bool:
    before, after = text[: head.start()].rstrip(), text[head.end() :].lstrip()
    return (before[-1:].isalpha() or before[-1:] == ",") and after[:1].islower()


def _without_bullet(words: str) -> str:
    return _BULLET.sub("", words.strip()).strip()

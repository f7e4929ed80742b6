"""Names are looked for by the words of the text; that must find exactly what looking for each name one by one finds."""

import re

from hypothesis import given, strategies as st

from bot.domain.outsiders import ALSO_WORDS, SHORTEST, outsider_in
from bot.letters import folded

JOINED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
words = st.sampled_from(
    [
        "Dana",
        "dana",
        "R.",
        "Will",
        "will",
        "O'Brien",
        "d'Arc",
        "李",
        "李明",
        "さん",
        "Éric",
        "eric",
        "al",
        "-",
        "Anne-Marie",
        "(Bo)",
        "José!",
        "_x_",
        "3M",
        "😀",
        "  ",
        "will.",
        "Dana,",
        "명",
        "ธน",
    ]
)
texts = st.lists(words, max_size=8).map(" ".join) | st.lists(words, max_size=5).map("".join)


def stands(name: str, words: str) -> bool:
    if JOINED.search(name):
        return name in words
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def part_stands(part: str, words: str, text: str) -> bool:
    if (len(part) < SHORTEST and not JOINED.search(part)) or not stands(part, words):
        return False
    return part not in ALSO_WORDS or part.capitalize() in re.findall(r"\w+", text)


def one_by_one(text: str, names: list[str]) -> str | None:
    words = folded(text)
    for name in names:
        whole = folded(name)
        if whole and stands(whole, words):
            return name
        if any(part_stands(part, words, text) for part in re.findall(r"\w+", whole)):
            return name
    return None


@given(texts, st.lists(texts, max_size=4))
def test_the_quick_look_finds_the_same_name(text: str, names: list[str]) -> None:
    assert outsider_in(text, names) == one_by_one(text, names)

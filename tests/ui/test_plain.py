"""One plain rendering for all: every part of an answer, and people's words that stay words."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from bot.ui import reply as parts, values as v
from bot.ui.button import Button
from bot.ui.chart import Chart, WeekTotals
from bot.ui.plain import all_buttons, plain
from bot.ui.reply import Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.voice import Dialect, say

CHART = Chart((WeekTotals(202611, 1, 2, 3),))
PARTS: list[tuple[parts.Part, str]] = [
    (parts.Heading(t("Hello")), "Hello"),
    (parts.Paragraph(v.UserText("**not bold**")), "**not bold**"),
    (parts.Note(t("A hint.")), "A hint."),
    (parts.Fields(((t("Asks"), v.Count(1200)), (t("Why"), v.UserText("rivers")))), "Asks: 1,200\nWhy: rivers"),
    (parts.Listing((v.UserText("Dana"), v.UserText("Tom"))), "- Dana\n- Tom"),
    (parts.Listing((v.UserText("Dana"), v.UserText("Tom")), numbered=True), "1. Dana\n2. Tom"),
    (
        parts.Ranking((parts.BoardRow(1, v.UserText("Dana"), tn("{n} lead", "{n} leads", 1)),)),
        "1. Dana: 1 lead",
    ),
    (parts.Image(CHART, t("A chart.")), "A chart."),
    (parts.Link(t("Read more"), "https://example.org/"), "Read more https://example.org/"),
    (parts.Buttons((Button(t("Press"), "token"),)), ""),
    (parts.File("a.ics", "text/calendar", "BEGIN"), ""),
]


@pytest.mark.parametrize(("part", "text"), PARTS, ids=lambda value: getattr(value, "kind", ""))
def test_each_part_is_written(part: parts.Part, text: str) -> None:
    assert plain(Reply((part,)), "en") == text


def test_parts_are_set_apart_and_empty_ones_leave_no_gap() -> None:
    written = reply(t("Hello."), None, buttons(Button(t("Press"), "x"), None), parts.Note(t("Bye.")))
    assert plain(written, "en") == "Hello.\n\nBye."
    assert [button.token for button in all_buttons(written)] == ["x"]


def test_french_sets_a_space_before_the_colon() -> None:
    assert plain(Reply((parts.Fields(((t("Zq"), v.UserText("x")),)),)), "fr") in {"Zq : x", "Zq\u00a0: x"}


class Loud(Dialect):
    """A dialect whose every way of writing can be seen."""

    def literal(self, text: str) -> str:
        return text.upper()

    def user(self, text: str) -> str:
        return f"«{super().user(text)}»"


@given(st.text(max_size=50), st.sampled_from(["en", "fr"]))
def test_people_words_are_never_taken_for_ours(text: str, language: str) -> None:
    sentence = say(t("{name} is here.", name=v.UserText(text)), language, Loud())
    assert sentence.count("«") - text.count("«") == 1
    assert Dialect().user(text) in sentence


@given(st.text(max_size=50))
def test_nothing_that_steers_a_terminal_is_left_of_people_words(text: str) -> None:
    shown = Dialect().user(text)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in shown)
    assert len(shown) == len(text)


def test_a_text_inside_a_text_and_a_list_are_written_in_the_same_language() -> None:
    inner = t("{who}", who=v.Together((v.UserText("a"), v.UserText("b"))))
    assert say(t("{inner}", inner=inner), "en") == "a and b"
    assert say(t("{inner}", inner=inner), "fr") == "a et b"


def test_a_placeholder_without_a_value_is_seen() -> None:
    assert say(t("Hello {nobody}"), "en") == "Hello {nobody}"

"""Replies as Discord draws them: within its limits, whatever is in them."""

import re
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from adapters.discord import limits
from adapters.discord.dialect import DiscordDialect
from adapters.discord.pages import is_short, pages
from adapters.discord.render import MessageBuilder, render
from bot.ui.button import Button, Style
from bot.ui.chart import Chart, WeekTotals
from bot.ui.reply import BoardRow, Buttons, Fields, File, Heading, Image, Link, Listing, Note, Paragraph, Ranking, Reply
from bot.ui.text import t
from bot.ui.values import Moment, UserText
from tests.support.simulated import drawn, walk

READER = MessageBuilder("en", DiscordDialect())
CHART = Image(Chart((WeekTotals(202611, 1, 2, 3),)), t("A chart."))
LONG = UserText("word " * 190)


def buttons(number: int) -> Buttons:
    return Buttons(tuple(Button(t("Press"), f"token-{n}", Style.MAIN) for n in range(number)))


WHOLE = Reply(
    (
        Heading(t("Title")),
        Paragraph(t("Text.")),
        Fields(((t("Label"), UserText("*words*")), (t("Other"), t("more")))),
        Listing((t("one"), t("two")), numbered=True),
        Ranking(
            (BoardRow(1, UserText("A"), t("2")), BoardRow(1, UserText("B"), t("2")), BoardRow(3, UserText("C"), t("1")))
        ),
        CHART,
        Note(t("Quiet.")),
        buttons(7),
        Link(t("Read more"), "https://example.org"),
        File("notes.txt", "text/plain", "words"),
    )
)


def test_every_part_is_drawn():
    message = render(WHOLE, READER, {CHART: b"png"})
    kinds = [part["type"] for part in walk(message.components)]
    assert kinds == [17, 10, 10, 10, 10, 10, 12, 10, 1, 2, 2, 2, 2, 2, 1, 2, 2, 1, 2, 13]
    assert [(file.name, file.description) for file in message.files] == [("chart-0.png", "A chart."), ("notes.txt", "")]
    words = [part["content"] for part in walk(message.components) if part["type"] == 10]
    assert words[0] == "### Title"
    assert words[2] == "**Label**: \\*words\\*\n**Other**: more"
    assert words[4] == "1\\. A: 2\n1\\. B: 2\n3\\. C: 1", "Discord would count 1, 2, 3"
    assert words[5] == "-# Quiet."


def test_a_picture_that_cannot_be_drawn_leaves_its_words():
    message = render(Reply((CHART,)), READER, {})
    assert drawn(message.components) == "A chart."
    assert message.files == ()


def test_an_instant_is_said_in_words_and_counted_from_now():
    at = Moment(datetime(2026, 3, 16, 16, 30, tzinfo=UTC), "America/Toronto")
    sentence = READER.say(t("Due {at}.", at=at))
    assert sentence == "Due Monday 16 March 2026 at 12:30 PM, Toronto time (<t:1773678600:R>)."


def test_more_files_than_a_message_holds_go_on_the_next_page():
    split = pages(Reply((File("notes.txt", "text/plain", "words"),) * 11), READER)
    assert [len(page.parts) for page in split] == [10, 1]


def test_two_buttons_that_do_the_same_are_one():
    message = render(Reply((buttons(2), buttons(2))), READER, {})
    ids = [part["custom_id"] for part in walk(message.components) if part["type"] == 2]
    assert ids == ["token-0", "token-1"]


def test_a_colour_is_never_the_only_sign_of_an_error():
    right, wrong = Reply((Paragraph(t("No.")),)), Reply((Paragraph(t("No.")),), "bad-value")
    assert drawn(render(right, READER, {}).components) == drawn(render(wrong, READER, {}).components)


PARTS = st.one_of(
    st.builds(Paragraph, st.builds(UserText, st.text(max_size=900))),
    st.just(Paragraph(LONG)),
    st.just(Paragraph(UserText("*" * 4000))),
    st.builds(Heading, st.just(t("Title"))),
    st.builds(lambda n: Listing((LONG,) * n, numbered=True), st.integers(1, 9)),
    st.builds(lambda n: Fields(((t("Label"), LONG),) * n), st.integers(1, 9)),
    st.builds(buttons, st.integers(0, 60)),
    st.just(CHART),
    st.just(File("notes.txt", "text/plain", "words")),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PARTS, max_size=40))
def test_whatever_the_reply_each_page_fits_one_message(parts: list):
    split = pages(Reply(tuple(parts)), READER)
    whole, *paged = [render(page, READER, {CHART: b"png"}, ["Hello Circle"]) for page in (Reply(tuple(parts)), *split)]
    for message in [*([whole] if is_short(whole) else []), *paged]:
        texts = [part["content"] for part in walk(message.components) if part["type"] == 10]
        assert sum(len(text.encode("utf-16-le")) // 2 for text in texts) <= limits.CHARACTERS
        assert len(list(walk(message.components))) <= limits.COMPONENTS
        assert len(message.files) <= limits.FILES
        assert all(1 <= len(row["components"]) <= 5 for row in walk(message.components) if row["type"] == 1)


@settings(deadline=None, max_examples=40)
@given(st.lists(PARTS, max_size=12))
def test_no_word_is_lost_between_the_pages(parts: list):
    words = "".join(drawn(render(Reply(tuple(parts)), READER, {}).components).split())
    if "…" not in words:
        split = pages(Reply(tuple(parts)), READER)
        paged = "".join("".join(drawn(render(page, READER, {}).components).split()) for page in split)
        assert sorted(re.sub(r"[\d.-]", "", paged)) == sorted(re.sub(r"[\d.-]", "", words))


MARKS = st.text(alphabet=string.punctuation + "ab1 \n", max_size=60)
ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*([*_~`|<>@\[\]])|^\s*(?:#{1,3} |-# |[-+] |\d+[.)] )|\w://", re.MULTILINE)


@given(MARKS)
def test_no_sign_of_markdown_stays_active_in_peoples_words(text: str):
    assert ACTIVE.search(READER.dialect.user(text)) is None


@given(MARKS)
def test_peoples_words_are_drawn_as_they_were_typed(text: str):
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", READER.dialect.user(text)) == text


@pytest.mark.parametrize("name", ["Dana R.", "O'Brien", "Jean-Luc", "Zoë 2", "李雷"])
def test_ordinary_names_are_left_alone(name: str):
    assert READER.dialect.user(name) == name

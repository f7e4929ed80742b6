"""Replies as Block Kit: every limit of Slack kept, people's words inert, and the same words in blocks and in text."""

import html
from datetime import UTC, date, datetime

from hypothesis import given, settings, strategies as st

from adapters.slack.dialect import WORD_JOINER
from adapters.slack.pages import pages
from adapters.slack.render import view_blocks
from bot.ui.button import Button, Style
from bot.ui.chart import Chart, WeekTotals
from bot.ui.reply import (
    BoardRow,
    Buttons,
    Fields,
    File,
    Heading,
    Image,
    Link,
    Listing,
    Note,
    Paragraph,
    Part,
    Ranking,
    Reply,
)
from bot.ui.text import t, tn
from bot.ui.values import ChannelRef, CommandRef, Day, Example, Moment, UserText
from tests.support.slack.blocks.layout import refused_message, refused_view
from tests.support.slack.blocks.words import pings, read_mrkdwn, seen_in

OURS = "https://hello.example"
HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<!channel>",
            "<!here|x>",
            "<@U0OWNER>",
            "<#C1|secret>",
            "<!subteam^S1>",
            "@everyone",
            "*bold* _i_ ~s~ `code`",
            "```\nfence\n```",
            "<https://evil.example|Slack>",
            "> quoted",
            "&lt;!channel&gt;",
            "<!date^1^{date}|x>",
            ":tada: 12:30:45",
            "\u202eevil",
            "é" * 50,
            "https://hooks.slack.com",
        ]
    ),
    st.text(max_size=300),
)
WORDS = HOSTILE.map(UserText)
TEXTS = st.one_of(
    WORDS,
    WORDS.map(lambda words: t("{name} is on your list.", name=words)),
    st.builds(lambda a, n: tn("{n} name, {a}", "{n} names, {a}", n, a=a), WORDS, st.integers(0, 9)),
    st.just(t("Use {command}.", command=CommandRef("ask sent"))),
    st.just(t("It is on {m}.", m=Moment(datetime(2026, 3, 12, 19, tzinfo=UTC), "America/Toronto"))),
)
LABELS = WORDS.map(lambda words: t("{name}", name=words))
BUTTONS = st.builds(Button, LABELS, st.just("tok.en"), st.sampled_from(list(Style)))
PARTS: st.SearchStrategy[Part] = st.one_of(
    TEXTS.map(Heading),
    TEXTS.map(Paragraph),
    TEXTS.map(Note),
    st.lists(st.tuples(LABELS, TEXTS), min_size=1, max_size=15).map(lambda rows: Fields(tuple(rows))),
    st.builds(Listing, st.lists(TEXTS, max_size=30).map(tuple), st.booleans()),
    st.lists(st.builds(BoardRow, st.integers(1, 9), WORDS, LABELS), max_size=12).map(lambda p: Ranking(tuple(p))),
    st.lists(BUTTONS, min_size=1, max_size=30).map(lambda shown: Buttons(tuple(shown))),
    st.builds(lambda alt: Image(Chart((WeekTotals(202611, 1, 1, 1),)), alt), LABELS),
    st.builds(lambda label: Link(label, f"{OURS}/?a=1&b=2"), LABELS),
    st.just(File("a.ics", "text/calendar", "x")),
)
REPLIES = st.lists(PARTS, min_size=1, max_size=40).map(lambda parts: Reply(tuple(parts)))


@given(REPLIES)
@settings(max_examples=150, deadline=None)
def test_slack_takes_every_reply_and_nobody_is_pinged(reply: Reply) -> None:
    for page in pages(reply, "en"):
        message = page.message("en")
        if message["blocks"]:
            assert refused_message(message) is None
        assert [ping for ping in pings(message) if OURS not in ping] == []
        assert len(message["text"]) <= 4000
        assert len(message["text"]) + page.characters <= 12_000 + 3_000
    view = {"type": "home", "blocks": view_blocks(reply, "en")}
    if view["blocks"]:
        assert refused_view(view, "home") is None
    assert [ping for ping in pings(view) if OURS not in ping] == []


@given(HOSTILE.filter(lambda words: words.strip() and words.isprintable()))
@settings(max_examples=150, deadline=None)
def test_what_a_person_wrote_is_read_as_they_wrote_it(words: str) -> None:
    message = pages(Reply((Paragraph(t("{name}: yes", name=UserText(words))),)), "en")[0].message("en")
    for shown in (seen_in(message["blocks"]), read_mrkdwn(message["text"])):
        assert html.unescape(words) in html.unescape(shown.replace(WORD_JOINER, ""))


def test_a_message_never_passes_twelve_thousand_characters() -> None:
    reply = Reply(tuple(Paragraph(UserText("x" * 2900)) for _ in range(20)))
    all_pages = pages(reply, "en")
    assert len(all_pages) > 5
    for page in all_pages:
        assert len(page.message("en")["text"]) + page.characters <= 12_000


def test_a_moment_is_in_the_readers_zone_and_in_words() -> None:
    at = Moment(datetime(2026, 3, 12, 19, tzinfo=UTC), "America/Toronto")
    message = pages(Reply((Paragraph(t("You meet on {at}.", at=at)),)), "en")[0].message("en")
    text = message["blocks"][0]["text"]["text"]
    assert "<!date^1773342000^{date_long}, {time}|Thursday 12 March 2026 at 3:00 PM, Toronto time>" in text
    assert message["text"] == "You meet on Thursday 12 March 2026 at 3:00 PM, Toronto time."


def test_a_command_is_written_as_slack_knows_it() -> None:
    parts = (
        Paragraph(t("{a}, {b}", a=CommandRef("lead add"), b=CommandRef("ask sent"))),
        Note(t("For example: {line}", line=Example('/ask sent lead:"dana"'))),
        Note(t("{line}", line=Example('/lead show lead:"dana"'))),
    )
    message = pages(Reply(parts), "en")[0].message("en")
    assert message["blocks"][0]["text"]["text"] == "`/lead add`, `/hello ask sent`"
    assert 'For example: /hello ask sent lead:"dana"' in message["text"]
    assert '/lead show lead:"dana"' in message["text"]


def test_a_channel_is_a_link_by_its_id_and_words_by_its_name() -> None:
    message = pages(Reply((Paragraph(t("{a} {b}", a=ChannelRef("C012AB"), b=ChannelRef("digest"))),)), "en")[0]
    assert message.message("en")["blocks"][0]["text"]["text"] == "<#C012AB> #digest"


def test_a_day_stands_with_its_weekday_in_french_too() -> None:
    message = pages(Reply((Paragraph(t("{day}", day=Day(date(2026, 3, 12)))),)), "fr")[0].message("fr")
    assert message["text"] == "jeudi 12 mars 2026"

"""An answer that is kept is the same when it is read back."""

from datetime import UTC, date, datetime

from bot.ui import values as v
from bot.ui.button import Button, Style
from bot.ui.chart import Chart, TopPlace, WeekTotals
from bot.ui.codec import decode, encode
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
    Ranking,
    Reply,
)
from bot.ui.text import t, tn

EVERYTHING = Reply(
    (
        Heading(t("Hello {name}.", name=v.UserText("Dana"))),
        Paragraph(tn("{n} lead", "{n} leads", 3)),
        Fields(((t("When"), v.Moment(datetime(2026, 3, 12, 19, tzinfo=UTC), "America/Toronto")), (t("Day"), v.Day(date(2026, 3, 9))))),
        Listing((v.UserText("one"), t("two"), v.Together((v.CommandRef("lead add"), t("or"), v.Day(date(2026, 3, 9)))))),
        Ranking((BoardRow(1, v.UserText("Amina"), t("{n}", n=v.Count(3))),)),
        Image(Chart((WeekTotals(202610, 1, 2, 3),), (TopPlace(1, "Amina", 3),)), t("A chart.")),
        Note(v.InLanguage(t("Said in French."), "fr")),
        Buttons((Button(t("Press"), "token", Style.MAIN),)),
        Link(t("More"), "https://example.org"),
        File("a.txt", "text/plain", "words"),
        Paragraph(t("{a}{b}{c}{d}{e}", a=v.WeekOf(date(2026, 3, 9)), b=v.Clock24(12, 30), c=v.ZoneName("UTC"), d=v.LanguageName("fr"), e=v.ChannelRef("digest"))),
    ),
    "bad-value",
)  # fmt: skip


def test_every_part_and_every_value_comes_back_as_it_was() -> None:
    assert decode(encode(EVERYTHING)) == EVERYTHING

"""A day or an hour that a member gives is said back with its weekday; what is doubtful is asked with buttons."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import pytest

from bot.engine.call import Call
from bot.engine.chosen import DatePrecision, OneMeaning, YearlessDay
from bot.engine.dates import read_moment
from bot.engine.params import BadDeclaration, read_params
from bot.engine.registry import Registry
from bot.engine.when import DayOf, TimeOfDay, When
from bot.ui.reply import Reply, reply
from bot.ui.text import t
from tests.support.console import Console

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


@pytest.mark.parametrize("typed", ["mardi 15h", "tomorrow at 3pm", "2026-03-10 15:00", "demain à 15 h"])
async def test_a_moment_is_said_back_with_weekday_hour_and_zone(circle: Console, typed: str) -> None:
    await circle.run(DANA)
    seen = await circle.one(f'@amina /meeting plan lead:dana when:"{typed}"')
    assert "Tuesday 10 March 2026 at 3:00 PM, Toronto time" in seen.text


async def test_the_members_own_zone_is_meant_and_said(circle: Console) -> None:
    await circle.run(DANA, "@amina /me settings zone:Vancouver")
    seen = await circle.one('@amina /meeting plan lead:dana when:"tomorrow 15:00"')
    assert "Tuesday 10 March 2026 at 3:00 PM, Vancouver time" in seen.text
    (file,) = seen.files
    assert "DTSTART:20260310T220000Z" in file.content


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tomorrow", "At what time? You wrote: tomorrow."),
        ("yesterday 15:00", "This is in the past: yesterday 15:00."),
        ("31 february 15:00", "This day does not exist: 31 february 15:00."),
        ("friday 12 march 15:00", "The weekday and the date do not agree: friday 12 march 15:00."),
        ("9999-01-01 15:00", "This is more than a year away: 9999-01-01 15:00."),
        ("someday", "I do not understand this day: someday."),
    ],
)
async def test_what_is_no_moment_is_told_with_forms_that_work(circle: Console, typed: str, words: str) -> None:
    await circle.run(DANA)
    seen = await circle.one(f'@amina /meeting plan lead:dana when:"{typed}"')
    assert seen.error == "bad-value"
    assert words in seen.text
    assert "Please write it like tuesday 15:00, tomorrow 15:00 or 2026-03-12 15:00." in seen.text


async def test_a_day_that_could_be_two_is_asked_and_pressed(circle: Console) -> None:
    await circle.run(DANA)
    asked = await circle.one("@amina /ask sent lead:dana wording:chat when:monday")
    assert [label for label, _ in asked.buttons] == ["Monday 9 March 2026", "Monday 2 March 2026"]
    reply = await circle.one('@amina press "Monday 2 March 2026"')
    assert "You asked Dana R. on Monday 2 March 2026." in reply.text


async def test_a_day_without_a_year_that_is_far_is_asked_with_both_days_written_out(circle: Console) -> None:
    await circle.run(DANA)
    asked = await circle.one('@amina /ask sent lead:dana wording:chat when:"10 march"')
    assert "You wrote 10 march. Tuesday 10 March 2026 is still to come." in asked.text
    assert "Do you mean Monday 10 March 2025?" in asked.text
    assert [label for label, _ in asked.buttons] == ["Monday 10 March 2025"]
    reply = await circle.one('@amina press "Monday 10 March 2025"')
    assert "You asked Dana R. on Monday 10 March 2025." in reply.text
    asked = await circle.one('@amina /meeting plan lead:dana when:"le 3 mars à 9 h 30"')
    assert "Tuesday 3 March 2026 at 9:30 AM, Toronto time is over." in asked.text
    assert [label for label, _ in asked.buttons] == ["Wednesday 3 March 2027 at 9:30 AM, Toronto time"]


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ('/ask sent lead:dana when:"1/2"', ["2 January 2027", "1 February 2026"]),
        ('/ask replied lead:dana when:"1/2"', ["2 January 2027", "1 February 2026"]),
        ('/meeting log lead:dana reached:yes when:"1/2"', ["2 January 2027", "1 February 2026"]),
        ('/lead add name:Priya organisation:Nord why:x when:"1/2"', ["2 January 2027", "1 February 2026"]),
        ('/me record from:"1/2"', ["2 January 2027", "1 February 2026"]),
        ('/meeting plan lead:dana when:"1/2 15:00"', ["1 February 2027", "2 January 2028"]),
    ],
)
async def test_a_day_that_cannot_be_is_no_choice(circle: Console, line: str, days: list[str]) -> None:
    await circle.run(DANA, "@amina /ask sent lead:dana when:yesterday", "at 2027-01-20T09:00")
    labels = [label for label, _ in (await circle.one(f"@amina {line}")).buttons]
    assert len(labels) == len(days)
    assert all(day in label for day, label in zip(days, labels, strict=True))
    assert (await circle.one(f'@amina press "{labels[0]}"')).error is None


async def test_the_only_day_that_can_be_is_read(circle: Console) -> None:
    await circle.run(DANA, "at 2027-01-20T09:00")
    reply = await circle.one('@amina /ask sent lead:dana wording:chat when:"1/2/2027"')
    assert "You asked Dana R. on Saturday 2 January 2027." in reply.text
    planned = await circle.one('@amina /meeting plan lead:dana when:"the 3rd at 3pm"')
    assert "Wednesday 3 February 2027 at 3:00 PM" in planned.text


@pytest.mark.parametrize(
    ("day", "typed", "sentence", "offered"),
    [
        ("2026-06-01", "29 février", "There is no 29 February in 2026.", "28 February 2026"),
        ("2027-02-10", "29/2", "There is no 29 February in 2026.", "28 February 2026"),
        ("2027-06-01", "feb 29", "There is no 29 February in 2027.", "28 February 2027"),
        ("2028-02-10", "29 february", "This is in the future: 29 february.", None),
    ],
)
async def test_a_day_that_is_not_in_every_year_is_said_to_be_missing(
    circle: Console, day: str, typed: str, sentence: str, offered: str | None
) -> None:
    await circle.run(f"at {day}T09:00")
    seen = await circle.one(f'@amina /lead add name:"Dana" organisation:"Nordik" why:"x" when:"{typed}"')
    assert sentence in seen.text
    labels = [label for label, _ in seen.buttons]
    if offered is None:
        assert labels == []
    else:
        assert [offered in label for label in labels] == [True, False]
        assert (await circle.one(f'@amina press "{labels[1]}"')).error is None


async def test_of_a_span_only_the_start_is_needed_and_it_is_proposed(circle: Console) -> None:
    await circle.run(DANA)
    asked = await circle.one('@amina /meeting plan lead:dana when:"tuesday 10-11"')
    assert "I only need the start. You wrote: tuesday 10-11." in asked.text
    assert "Do you mean Tuesday 10 March 2026 at 10:00 AM, Toronto time?" in asked.text
    (label,) = [label for label, _ in asked.buttons]
    assert "You meet Dana R." in (await circle.one(f'@amina press "{label}"')).text
    loose = await circle.one("@amina /meeting plan dana mardi de 10h à 11h")
    assert [label for label, _ in loose.buttons] == ["Tuesday 10 March 2026 at 10:00 AM, Toronto time"]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("10-11", ["10:00 AM"]),
        ("de 18h à 19h", ["6:00 PM"]),
        ("between 2 and 3", ["2:00 PM", "2:00 AM"]),
        ("midnight to 1", ["12:00 AM, early that day", "11:59 PM, as that day ends"]),
    ],
)
async def test_of_a_span_the_hour_of_a_setting_is_proposed_too(circle: Console, typed: str, labels: list[str]) -> None:
    asked = await circle.one(f'@organiser /community settings hour:"{typed}"')
    assert f"I only need the start. You wrote: {typed}." in asked.text
    assert [label for label, _ in asked.buttons] == labels


async def test_two_choices_never_look_the_same_even_when_an_hour_comes_twice(circle: Console) -> None:
    await circle.run("at 2026-10-30T09:00", DANA)
    asked = await circle.one('@amina /meeting plan lead:dana when:"sunday 1:30 am"')
    first, second = [label for label, _ in asked.buttons]
    assert first == "Sunday 1 November 2026 at 1:30 AM, Toronto time (first time)"
    assert second == "Sunday 1 November 2026 at 1:30 AM, Toronto time (second time)"
    (file,) = (await circle.one(f'@amina press "{second}"')).files
    assert "DTSTART:20261101T063000Z" in file.content


async def test_an_hour_the_clock_jumps_over_is_asked_with_the_hours_around_it(circle: Console) -> None:
    await circle.run("at 2027-03-12T09:00", DANA)
    asked = await circle.one('@amina /meeting plan lead:dana when:"sunday 2:30 am"')
    assert "There is no such hour on that day: sunday 2:30 am." in asked.text
    assert [label for label, _ in asked.buttons] == [
        "Sunday 14 March 2027 at 1:30 AM, Toronto time",
        "Sunday 14 March 2027 at 3:30 AM, Toronto time",
    ]


async def test_an_hour_of_the_day_that_could_be_two_is_asked(circle: Console) -> None:
    asked = await circle.one("@organiser /community settings hour:5:00")
    assert [label for label, _ in asked.buttons] == ["5:00 PM", "5:00 AM"]
    assert "5:00 AM" in (await circle.one('@organiser press "5:00 AM"')).text


@pytest.mark.parametrize("typed", ["24:00", "24h", "midnight", "12 midnight", "minuit", "à minuit"])
@pytest.mark.parametrize("setting", ["hour", "checkin", "reminder", "morning", "evening"])
async def test_midnight_is_asked_because_it_is_of_two_days(circle: Console, setting: str, typed: str) -> None:
    asked = await circle.one(f'@organiser /community settings {setting}:"{typed}"')
    assert f"{typed} could mean two times." in asked.text
    assert [label for label, _ in asked.buttons] == ["12:00 AM, early that day", "11:59 PM, as that day ends"]
    assert "11:59 PM" in (await circle.one('@organiser press "11:59 PM, as that day ends"')).text


async def test_the_hour_of_the_digest_is_asked_when_a_circle_is_set_up_too(circle: Console) -> None:
    line = '@organiser /community setup channel:#digest zone:"Toronto" language:en digest_at:midnight'
    assert next(label for label, _ in (await circle.one(line)).buttons) == "12:00 AM, early that day"
    assert "12:00 AM" in (await circle.one('@organiser press "12:00 AM, early that day"')).text


@pytest.mark.parametrize(
    ("typed", "early"), [("minuit et demi", "12:30 AM"), ("half past midnight", "12:30 AM"), ("1 at night", "1:00 AM")]
)
async def test_an_hour_after_midnight_is_asked_too_where_it_is_named_by_the_night(
    circle: Console, typed: str, early: str
) -> None:
    asked = await circle.one(f'@organiser /community settings hour:"{typed}"')
    assert [label for label, _ in asked.buttons] == [f"{early}, early that day", "11:59 PM, as that day ends"]


@pytest.mark.parametrize(("typed", "shown"), [("00:00", "12:00 AM"), ("0h30", "12:30 AM"), ("23:59", "11:59 PM")])
async def test_an_hour_that_a_clock_shows_is_of_one_day(circle: Console, typed: str, shown: str) -> None:
    assert shown in (await circle.one(f"@organiser /community settings hour:{typed}")).text


async def test_a_day_to_come_is_refused_where_a_day_that_was_is_meant(circle: Console) -> None:
    await circle.run(DANA)
    seen = await circle.one("@amina /ask sent lead:dana wording:chat when:tomorrow")
    assert "This is in the future: tomorrow." in seen.text


def test_what_a_rule_writes_is_what_it_reads() -> None:
    now = datetime(2026, 3, 10, 13, tzinfo=UTC)
    moment = datetime(2026, 3, 12, 19, 30, tzinfo=UTC)
    written = When(label=t("When")).write(moment)
    zone = ZoneInfo("Asia/Kolkata")
    assert read_moment(written, zone=zone, now=now, prefer=YearlessDay.FUTURE, want=DatePrecision.MOMENT) == OneMeaning(
        moment
    )
    assert DayOf(label=t("Day")).write(date(2026, 3, 12)) == "2026-03-12"
    assert TimeOfDay(label=t("Hour")).write(time(9, 5)) == "09:05"


def test_a_slip_of_a_programmer_is_loud() -> None:
    def unruled(call: Call, *, name: Annotated[str, "no rule"]) -> Reply:
        """Say something."""
        return reply(t("Hello."))

    with pytest.raises(BadDeclaration, match="is not a rule"):
        read_params(unruled)
    product = Registry()
    product.refer_to("nothing here")
    with pytest.raises(LookupError, match=r"test_when refers to 'nothing here', and nobody declared it$"):
        product.check()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("thursday 19", ["Thursday 19 March 2026", "Thursday 12 March 2026 at 7:00 PM, Toronto time"]),
        ("jeudi 19", ["Thursday 19 March 2026", "Thursday 12 March 2026 at 7:00 PM, Toronto time"]),
        ("19 thursday", ["Thursday 19 March 2026", "Thursday 12 March 2026 at 7:00 PM, Toronto time"]),
        ("fri 10", ["Friday 10 April 2026", "Friday 13 March 2026 at 10:00 AM, Toronto time"]),
        (
            "mardi 3",
            [
                "Tuesday 10 March 2026 at 3:00 PM, Toronto time",
                "Tuesday 10 March 2026 at 3:00 AM, Toronto time",
            ],
        ),
        ("wed 10", ["Wednesday 11 March 2026 at 10:00 AM, Toronto time"]),
        ("dimanche 22", ["Sunday 22 March 2026", "Sunday 15 March 2026 at 10:00 PM, Toronto time"]),
    ],
)
async def test_a_number_beside_a_weekday_may_be_a_day_or_an_hour_and_is_asked(
    circle: Console, typed: str, offered: list[str]
) -> None:
    await circle.run(DANA)
    asked = await circle.one(f'@amina /meeting plan lead:dana when:"{typed}"')
    assert f"The number could be a day or an hour. You wrote: {typed}." in asked.text
    assert [label for label, _ in asked.buttons] == offered
    reply = await circle.one(f'@amina press "{offered[-1]}"')
    assert offered[-1] in reply.text


async def test_who_meant_the_day_is_asked_for_the_hour(circle: Console) -> None:
    await circle.run(DANA, '@amina /meeting plan lead:dana when:"thursday 19"')
    assert "At what time?" in (await circle.one('@amina press "Thursday 19 March 2026"')).text


@pytest.mark.parametrize("typed", ["tomorrow 15", "demain 15", "2026-03-10 15"])
async def test_beside_a_whole_day_a_number_is_the_hour(circle: Console, typed: str) -> None:
    await circle.run(DANA)
    seen = await circle.one(f'@amina /meeting plan lead:dana when:"{typed}"')
    assert "Tuesday 10 March 2026 at 3:00 PM, Toronto time" in seen.text


@pytest.mark.parametrize("typed", ["15", "le 12", "12 march", "thursday the 12th", "3 people"])
async def test_a_number_that_is_no_hour_is_not_taken_for_one(circle: Console, typed: str) -> None:
    await circle.run(DANA)
    seen = await circle.one(f'@amina /meeting plan lead:dana when:"{typed}"')
    assert seen.error == "bad-value"
    assert "Please write it like" in seen.text

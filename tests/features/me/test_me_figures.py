"""Amina's own numbers: her odds, her compass, her résumé lines and her record. Only she sees them."""

import csv
import io

import pytest

from bot.ui.reply import File
from tests.support.console import Console


@pytest.fixture
async def amina(circle: Console) -> Console:
    """Amina asked two people and met one."""
    await circle.run(
        '@amina /start language:en zone:"Toronto" work:"I test water." number:2 board:hidden',
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
        '@amina /lead add name:"=HYPERLINK(1)" organisation:"+Hydro" why:"good work"',
        '@amina /ask sent lead:"dana" wording:chat',
        '@amina /ask sent lead:"hyperlink"',
        "at 2026-03-10T09:00",
        '@amina /ask replied lead:"dana" answer:yes',
    )
    return circle


MET = '@amina /meeting log lead:"dana" reached:yes names:"Priya at City" want:"field work" no_longer:"an office" knows:yes'


async def test_before_the_first_message_the_odds_are_one_in_three(circle: Console) -> None:
    seen = await circle.one("@amina /me odds")
    assert "Expect about one answer in 3 asks." in seen.text
    assert "For two chats, ask about 6 times." in seen.text


async def test_the_arithmetic_is_shown_in_words(amina: Console) -> None:
    seen = await amina.one("@amina /me odds")
    assert "You told me of 2 messages and 1 answer." in seen.text
    assert "With few messages, one answer changes a lot. So I add 3 messages and 1 answer." in seen.text
    assert "That makes 2 answers in 5 messages." in seen.text
    assert "Expect about one answer in 3 asks." in seen.text


async def test_the_compass_shows_what_was_learned_with_its_day(amina: Console) -> None:
    assert "Your compass begins with your first talk." in (await amina.one("@amina /me compass")).text
    await amina.run(MET)
    seen = await amina.one("@amina /me compass")
    assert "The work you want: I test water." in seen.text
    assert "Tuesday 10 March 2026: field work" in seen.text
    assert "Tuesday 10 March 2026: an office" in seen.text
    assert (
        "1 talk gave 1 new name. Ask each person for 3 names. Some people give one name, some give none." in seen.text
    )
    assert "After 1 of 1 talks, they knew which work you want." in seen.text


async def test_three_names_from_a_talk_are_praised(amina: Console) -> None:
    await amina.run('@amina /meeting log lead:"dana" reached:yes names:"Priya; Tom; Wen"')
    seen = await amina.one("@amina /me compass")
    assert "1 talk gave 3 new names. That is 3 a talk or more. Very good." in seen.text


async def test_the_resume_has_only_lines_with_something_in_them_in_two_languages(amina: Console) -> None:
    seen = await amina.one("@amina /me resume")
    assert "Wrote to 2 professionals in my field" in seen.text
    assert "conversation" not in seen.text
    assert " 0 " not in seen.text
    (file,) = seen.files
    assert file.name == "resume-lines.txt"
    assert "English\n- Wrote to 2 professionals in my field" in file.content
    assert "français\n- " in file.content
    await amina.run(MET)
    seen = await amina.one("@amina /me resume")
    assert "Talked with 1 professional about the work and its needs" in seen.text
    assert "Met people of 1 organisation" in seen.text
    assert "Dana" not in seen.text + seen.files[0].content


async def test_nothing_done_gives_no_resume_line(circle: Console) -> None:
    seen = await circle.one("@amina /me resume")
    assert "There is nothing to count yet." in seen.text
    assert seen.files == ()


def rows_of(file: File) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.removeprefix("\ufeff"), newline="")))


async def test_the_record_is_dated_and_still_and_says_that_it_is_no_advice(amina: Console) -> None:
    seen = await amina.one("@amina /me record")
    assert "It is no legal advice." in seen.text
    _, table, book = seen.files
    rows = rows_of(table)
    assert rows[0] == ["Day", "Person", "Where they work", "What was done", "Result", "Noted on"]
    assert ["2026-03-09", "Dana R.", "Nordik", "Sent a message", "they said yes", "2026-03-09"] in rows
    assert ["2026-03-10", "Dana R.", "Nordik", "Got an answer", "they said yes", "2026-03-10"] in rows
    assert ["2026-03-09", "'=HYPERLINK(1)", "'+Hydro", "Found a person", "on my list", "2026-03-09"] in rows
    assert rows[-1] == ["This is your own record. It is no legal advice."]
    assert book.data.startswith(b"PK")


async def test_what_is_noted_later_says_so(amina: Console) -> None:
    await amina.run('@amina /meeting log lead:"dana" reached:yes when:yesterday')
    rows = rows_of((await amina.one("@amina /me record")).files[1])
    assert ["2026-03-09", "Dana R.", "Nordik", "Had a talk", "I reached my goal", "2026-03-10"] in rows


async def test_what_was_taken_back_is_not_in_the_record(amina: Console) -> None:
    await amina.run(MET, "@amina /meeting undo")
    rows = rows_of((await amina.one("@amina /me record")).files[1])
    assert not any("Had a talk" in row for row in rows)


async def test_a_record_can_begin_on_a_day(amina: Console) -> None:
    rows = rows_of((await amina.one("@amina /me record from:2026-03-10")).files[1])
    assert [row[3] for row in rows[1:-2]] == ["Got an answer"]


async def test_a_record_in_french_is_french(amina: Console) -> None:
    await amina.run("@amina /me settings language:fr")
    rows = rows_of((await amina.one("@amina /me record")).files[1])
    assert rows[0][:3] == ["Jour", "Personne", "Son lieu de travail"]


@pytest.mark.parametrize("command", ["odds", "compass", "resume", "record"])
async def test_others_see_nothing_of_amina(amina: Console, command: str) -> None:
    await amina.run(MET)
    seen = await amina.one(f"@omar /me {command}")
    shown = seen.text + "".join(file.content for file in seen.files)
    assert not any(word in shown for word in ("Dana", "Nordik", "field work"))

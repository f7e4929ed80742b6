"""The list as a file, and by stage, word and period: a workbook with real days, the same as CSV, and only one's own."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta

import pytest

from tests.support.console import Console, ScreenEntry

EPOCH = date(1899, 12, 30)
"""The day from which a workbook counts."""


@pytest.fixture
async def listed(circle: Console) -> Console:
    """Amina has three people: asked, closed and new; Omar has one."""
    await circle.run(
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
        '@amina /lead edit lead:dana notes:"likes rivers"',
        "@amina /ask sent dana wording:chat",
        '@omar /lead add name:"Secret S." organisation:"Hidden" why:"x"',
        "at 2026-03-20T09:00",
        '@amina /lead add name:"=1+1" organisation:"Hydro" why:"=2" source:dana',
        "@amina /lead close lead:hydro reason:done",
        "at 2026-04-02T09:00",
        '@amina /lead add name:"Wen H." organisation:"City" why:"plans parks"',
    )
    return circle


def rows_of(seen: ScreenEntry) -> list[list[str]]:
    table = next(file for file in seen.files if file.name.endswith(".csv"))
    return list(csv.reader(io.StringIO(table.content.removeprefix("\ufeff"), newline="")))


def names_of(seen: ScreenEntry) -> list[str]:
    return [row[0] for row in rows_of(seen)[1:]]


async def test_a_row_has_all_that_is_known_of_a_person(listed: Console) -> None:
    await listed.run('@amina /lead tag lead:dana words:"river, french"')
    seen = await listed.one("@amina /lead list file:yes")
    assert "3 people in your table" in seen.text
    assert [file.name for file in seen.files] == ["my-list.csv", "my-list.xlsx"]
    rows = {row[0]: row[1:] for row in rows_of(seen)}
    assert rows["Name"] == [
        "Where they work", "Why", "Your words", "Stage", "Next step", "Due", "On your list since", "Last noted",
        "Name given by", "Notes",
    ]  # fmt: skip
    assert rows["Dana R."] == [
        "Nordik", "built the river sensor", "river, french", "asked", "no answer yet, so send one more short message",
        "2026-03-16", "2026-03-09", "2026-03-09", "", "likes rivers",
    ]  # fmt: skip
    assert rows["'=1+1"][3:] == ["closed", "", "", "2026-03-20", "2026-03-20", "Dana R.", ""]


async def test_its_days_are_days_in_the_workbook_and_nothing_runs(listed: Console) -> None:
    book = next(file for file in (await listed.one("@amina /lead list file:yes")).files if file.name.endswith("xlsx"))
    with zipfile.ZipFile(io.BytesIO(book.data)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
    days = {EPOCH + timedelta(days=int(day)) for day in re.findall(r'<c r="\w+" s="1"><v>(\d+)</v>', sheet)}
    assert days == {date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 20), date(2026, 4, 2)}
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ("", ["Dana R.", "Wen H.", "'=1+1"]),
        ("stage:asked", ["Dana R."]),
        ("stage:closed", ["'=1+1"]),
        ("from:2026-04-01", ["Wen H."]),
        ("from:2026-03-15 to:2026-03-31", ["'=1+1"]),
        ("to:2026-03-09", ["Dana R."]),
        ("from:2026-03-20 to:2026-03-20", ["'=1+1"]),
        ("stage:new from:2026-03-01", ["Wen H."]),
        ("from:2026-04-01 to:2026-04-30", ["Wen H."]),
        ('from:"1 april" to:today', ["Wen H."]),
    ],
)
async def test_a_table_is_of_the_stage_and_the_days_that_were_asked_for(
    listed: Console, values: str, names: list[str]
) -> None:
    assert names_of(await listed.one(f"@amina /lead list file:yes {values}")) == names


async def test_a_period_finds_who_was_talked_with_in_it_and_is_said(listed: Console) -> None:
    await listed.run("@amina /meeting log lead:dana reached:yes another:yes")
    seen = await listed.one("@amina /lead list from:2026-04-02")
    assert "Dana R." in seen.text
    assert "People with something noted from Thursday 2 April 2026 on." in seen.text
    assert "Dana R." in rows_of(await listed.one('@amina press "As a file"'))[1]
    seen = await listed.one("@amina /lead list from:2026-03-10 to:2026-03-12")
    assert "Nobody on your list fits." in seen.text


async def test_the_last_day_is_not_before_the_first(listed: Console) -> None:
    for line in ("/lead list", "/me record"):
        seen = await listed.one(f"@amina {line} from:2026-03-12 to:2026-03-10")
        assert (seen.error, "The last day is before the first one." in seen.text) == ("bad-value", True)


async def test_only_the_own_list_is_in_it(listed: Console) -> None:
    seen = await listed.one("@amina /lead list file:yes")
    assert "Secret" not in seen.text + "".join(file.content for file in seen.files)
    assert names_of(await listed.one("@omar /lead list file:yes")) == ["Secret S."]
    assert (await listed.one("@eve /lead list file:yes")).files == ()


async def test_a_table_in_french_is_french(listed: Console) -> None:
    await listed.run("@amina speaks fr")
    seen = await listed.one("@amina /personne liste fichier:oui de:2026-04-01")
    assert rows_of(seen)[0][:3] == ["Nom", "Son lieu de travail", "Pourquoi"]
    assert names_of(seen) == ["Wen H."]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("river, French", "river and French"),
        ("#river;french;RIVER", "river and french"),
        ("  two   words ، اثنان", "two words and اثنان"),
        ("c++, c#, c", "c++, c# and c"),
    ],
)
async def test_words_are_read_as_people_write_them(listed: Console, typed: str, shown: str) -> None:
    seen = await listed.one(f'@amina /lead tag lead:dana words:"{typed}"')
    assert f"Dana R., Nordik: {shown}." in seen.text.replace(", and", " and").replace("\u2068", "").replace(
        "\u2069", ""
    )


async def test_people_are_found_by_a_word_however_it_is_written(listed: Console) -> None:
    await listed.run('@amina /lead tag lead:dana words:"River"', '@amina /lead tag lead:wen words:"RIVER, park"')
    seen = await listed.one("@amina /lead list tag:river")
    assert "2 people on your list" in seen.text
    # The first spelling stays.
    assert "Your words: River and park" in (await listed.one("@amina /lead show wen")).text
    assert names_of(await listed.one("@amina /lead list tag:park file:yes")) == ["Wen H."]
    assert (
        "1 person on your list"
        in (await listed.run('@amina /lead tag lead:wen words:"park"', '@amina press "All with park"'))[1].text
    )
    assert (await listed.one("@amina /lead list tag:lake")).error == "not-found"
    assert (await listed.one("@omar /lead list tag:river")).error == "not-found"


async def test_words_can_be_seen_changed_and_taken_away(listed: Console) -> None:
    await listed.run('@amina /lead tag lead:dana words:"river, french"', "@amina /lead show dana")
    form = (await listed.one('@amina press "My words"')).form
    assert form is not None
    assert [field.value for field in form.fields] == ["river, french"]
    await listed.run('@amina fill words:"lake"')
    assert "Your words: lake" in (await listed.one("@amina /lead show dana")).text
    assert "has no words of yours now" in (await listed.one("@amina /lead tag lead:dana words:none")).text
    assert "Your words" not in (await listed.one("@amina /lead show dana")).text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("a, b, c, d", "You can give up to 3 words. This is 4."),
        ("x" * 25, "A word has at most 24 letters."),
        (", ;", "I found no word in it."),
        ("dana@nordik.example", "I do not keep e-mail addresses"),
    ],
)
async def test_what_is_no_word_is_told_and_nothing_is_lost(listed: Console, typed: str, why: str) -> None:
    await listed.run("@amina /lead tag lead:dana words:river")
    seen = await listed.one(f'@amina /lead tag lead:dana words:"{typed}"')
    assert why in seen.text
    assert "Your words: river" in (await listed.one("@amina /lead show dana")).text


async def test_words_and_rhythm_are_in_the_export(listed: Console) -> None:
    await listed.run(
        '@amina /lead tag lead:dana words:"river, french"', "@amina /followup rhythm dana rhythm:two-weeks"
    )
    told = (await listed.one("@amina /me export")).files[0].content
    assert '"tags": "river, french"' in told
    assert '"every": "two-weeks"' in told


async def test_a_word_that_nobody_has_is_answered_with_ones_own_words(listed: Console) -> None:
    seen = await listed.one("@amina /lead list tag:lake")
    assert "Give a person a word with /lead tag." in seen.text
    await listed.run('@amina /lead tag lead:dana words:"river, french"', '@omar /lead tag lead:secret words:"hidden"')
    seen = await listed.one("@amina /lead list tag:lake")
    assert "Your words are french and river." in seen.text

"""The dated record for an office: a page a month that prints, in its language, with what came of each step."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.support.console import Console, ScreenEntry


@pytest.fixture
async def months(circle: Console) -> Console:
    """Amina's search over two months, with every kind of result."""
    await circle.run(
        '@amina /lead add name:"Dana <b>R." organisation:"Nordik & Co" why:"x"',
        '@amina /lead add name:"Priya" organisation:"City" why:"x"',
        "@amina /ask sent dana wording:chat",
        "@amina /ask sent priya",
        "at 2026-03-16T09:00",
        "@amina /followup done dana",
        "at 2026-03-18T09:00",
        "@amina /ask replied dana answer:yes",
        "@amina /ask replied priya answer:no",
        "at 2026-04-02T09:00",
        "@amina /meeting log lead:dana reached:partly another:yes",
    )
    return circle


def pages(seen: ScreenEntry) -> list[tuple[str, list[list[str]]]]:
    """Read the title and the rows of each page."""
    html = next(file for file in seen.files if file.name.endswith(".html")).content
    # The page is written element by element, so but for what HTML leaves open it is XML.
    closed = re.sub(r"<(meta[^>]*)>", r"<\1/>", html.removeprefix("<!DOCTYPE html>\n"))
    return [
        (
            article.findtext("h1") or "",
            [["".join(cell.itertext()) for cell in row] for row in article.iterfind(".//tbody/tr")],
        )
        for article in ET.fromstring(closed).iterfind("body/article")  # noqa: S314 - our own page
    ]


async def test_each_month_has_a_page_with_what_came_of_each_step(months: Console) -> None:
    march, april = pages(await months.one("@amina /me record"))
    assert march == (
        "My search for work: March 2026",
        [
            ["Monday 9 March 2026", "Dana <b>R., Nordik & Co", "Found a person", "on my list"],
            ["Monday 9 March 2026", "Priya, City", "Found a person", "on my list"],
            ["Monday 9 March 2026", "Dana <b>R., Nordik & Co", "Sent a message", "no answer yet"],
            ["Monday 9 March 2026", "Priya, City", "Sent a message", "they said no"],
            ["Monday 16 March 2026", "Dana <b>R., Nordik & Co", "Wrote once more", "they said yes"],
            ["Wednesday 18 March 2026", "Dana <b>R., Nordik & Co", "Got an answer", "they said yes"],
            ["Wednesday 18 March 2026", "Priya, City", "Got an answer", "they said no"],
        ],
    )
    assert april == (
        "My search for work: April 2026",
        [["Thursday 2 April 2026", "Dana <b>R., Nordik & Co", "Had a talk", "I reached a part of my goal"]],
    )


@pytest.mark.parametrize(
    ("values", "rows"),
    [("from:2026-03-18", 3), ("to:2026-03-09", 4), ("from:2026-03-10 to:2026-03-16", 1)],
)
async def test_a_record_is_of_the_days_that_were_asked_for(months: Console, values: str, rows: int) -> None:
    assert sum(len(page) for _, page in pages(await months.one(f"@amina /me record {values}"))) == rows


async def test_days_with_nothing_in_them_are_said(months: Console) -> None:
    seen = await months.one("@amina /me record from:2026-03-10 to:2026-03-12")
    assert "There is nothing in your record for these days." in seen.text
    assert seen.files == ()


async def test_an_office_reads_its_language_and_the_member_their_own(months: Console) -> None:
    seen = await months.one("@amina /me record language:fr to:2026-03-09")
    assert seen.text.startswith("4 entries in your record")
    assert pages(seen)[0][0] == "Ma recherche d’emploi : mars 2026"
    assert [file.name for file in seen.files] == ["mon-releve.html", "mon-releve.csv", "mon-releve.xlsx"]
    seen = await months.one('@amina press "In English"')
    assert sum(len(page) for _, page in pages(seen)) == 4


async def test_who_searches_has_their_name_on_it_and_lines_for_the_rest(months: Console) -> None:
    html = (await months.one("@amina /me record")).files[0].content
    assert html.count("<b>Amina</b>") == 2
    assert html.count('<span class="line"></span>') == 2 * 3
    assert "<b>R." not in html
    assert set(re.findall(r"<(script|img|link|iframe)", html)) == set()


async def test_what_was_taken_back_is_not_on_the_page(months: Console) -> None:
    await months.run("@amina /meeting undo")
    assert [title for title, _ in pages(await months.one("@amina /me record"))] == ["My search for work: March 2026"]

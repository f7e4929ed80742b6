"""The page that sets us beside others: each word of ours is shown by a page and a test, each of theirs by their own."""

import re
from datetime import date
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent.parent / "docs" / "operators" / "compared.md"
PAGE = PATH.read_text(encoding="utf-8")
HEAD, _, *ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line[:1] == "|"]
SOURCES = dict(re.findall(r"^\[([a-z-]+)\]: (https://\S+)$", PAGE, re.MULTILINE))


def test_the_peers_are_named_and_the_day_of_the_look_is_said() -> None:
    assert HEAD[1:] == ["Hello Circle", "Red-DiscordBot", "Zulip", "linkding", "Healthchecks", "Uptime Kuma"]
    (day, month, year) = re.findall(r"Looked up on (\d+) (\w+) (\d{4})", PAGE)[0]
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    assert date(int(year), [*months, "November", "December"].index(month) + 1, int(day))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_ours_leads_to_a_page_and_to_a_test_that_are_there(row: list[str]) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", row[1])
    assert any("/tests/" in link for link in links)
    assert any(link.endswith(".md") for link in links)
    assert [link for link in links if not (PATH.parent / link).exists()] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_of_theirs_names_its_source_or_says_that_we_found_none(row: list[str]) -> None:
    for cell in row[2:]:
        assert cell == "not documented" or re.search(r"\]\[[a-z-]+\]", cell)


def test_every_source_is_used_and_every_use_has_a_source() -> None:
    assert set(re.findall(r"\]\[([a-z-]+)\]", PAGE)) == set(SOURCES)

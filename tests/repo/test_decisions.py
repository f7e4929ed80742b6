"""Each decision says when it was made, whether it is in force, and what was not chosen."""

import re
from pathlib import Path

import pytest

DECISIONS = Path(__file__).parent.parent.parent / "docs" / "decisions"
PAGES = sorted(DECISIONS.glob("[0-9]*.md"))
STATUS = re.compile(
    r"2\d{3}-[01]\d-[0-3]\d(, [^·]+)? · (in force|changed by \[page \d+\]\(\d{4}-[a-z-]+\.md\)|replaced by .+)([:;] .+)?"
)
NOT_CHOSEN = re.compile(r"^(?:\*\*)?Not chosen[:.]", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_has_its_date_its_status_and_what_was_not_chosen(page: Path) -> None:
    title, empty, status, empty_too, *_ = page.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(rf"# {int(page.name[:4])}\. .+", title)
    assert STATUS.fullmatch(status), "write under the title: the date · in force"
    assert (empty, empty_too) == ("", "")
    assert NOT_CHOSEN.search(page.read_text(encoding="utf-8")), "say what else could have been done: Not chosen: ..."


def test_the_decisions_are_listed_by_number() -> None:
    text = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(\d+)\. \[[^]]+\]\((\d{4})-[a-z-]+\.md\)$", text, re.MULTILINE)
    assert (
        [int(number) for number, _ in listed]
        == [int(file) for _, file in listed]
        == [int(page.name[:4]) for page in PAGES]
    )

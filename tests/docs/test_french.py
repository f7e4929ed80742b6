"""What members read is there in French too: whole, in the same order, under the names that are typed in French."""

import re
from pathlib import Path

import pytest

from bot.features import everything
from bot.ui.names import said_command, said_line
from bot.ui.voice import say

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = sorted(path.name for path in (DOCS / "fr").glob("*.md"))
TYPED = re.compile(r"`/(?:hello )?([a-zà-ÿ]+(?: [a-zà-ÿ]+){0,2})`")
SHAPES = {
    "headings": r"^(#+) ",
    "list items": r"^ *(?:[-*]|\d+\.) ",
    "table rows": r"^\|",
    "examples": r"^ *```",
    "pictures": r"^!\[",
}
NAMES = [command.name for command in everything().listed]


def both(name: str) -> tuple[str, str]:
    return (DOCS / name).read_text(encoding="utf-8"), (DOCS / "fr" / name).read_text(encoding="utf-8")


def test_members_find_their_pages_in_french() -> None:
    assert PAGES == ["commands.md", "glossary.md", "index.md", "members.md"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_french_page_has_all_that_the_english_one_has(name: str, shape: str) -> None:
    english, french = (re.findall(SHAPES[shape], page, re.MULTILINE) for page in both(name))
    assert len(french) == len(english)
    assert shape != "headings" or french == english, "headings of the same rank, in the same order"


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_the_other_language(name: str) -> None:
    english, french = both(name)
    assert f"[Français](fr/{name})" in english
    assert f"[English](../{name})" in french


@pytest.mark.parametrize("name", sorted({*PAGES} - {"commands.md"}))
def test_the_same_commands_are_named_and_can_be_typed_in_french(name: str) -> None:
    english, french = both(name)
    named = [typed for typed in TYPED.findall(english) if typed in NAMES]
    own = [typed for typed in TYPED.findall(french) if typed not in NAMES]
    assert list(dict.fromkeys(own)) == list(dict.fromkeys(said_command(linked, "fr") for linked in named))


def test_every_command_stands_in_the_french_list_with_its_words_and_an_example() -> None:
    page = (DOCS / "fr" / "commands.md").read_text(encoding="utf-8")
    for command in everything().listed:
        own = said_command(command.name, "fr")
        assert f"### `/{own}`\n\n{say(command.description, 'fr')}\n" in page
        assert f"Exemple : `{said_line(command.example, 'fr')}`" in page
        assert f"| `/{own}` | `/{command.name}` |" in page


def test_every_word_of_the_glossary_is_there_in_both_languages() -> None:
    english, french = both("glossary.md")
    words = re.findall(r"^\| ([A-Z][^|]*?) \|", english, re.MULTILINE)
    assert re.findall(r"^\| [^|]+ \| ([A-Z][^|]*?) \|", french, re.MULTILINE) == words

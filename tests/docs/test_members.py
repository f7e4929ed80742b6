"""The members' guide: short, in plain words, the same in both languages, and true."""

import re
from pathlib import Path

import pytest

from bot.features import everything
from bot.ui.names import said_command

DOCS = Path(__file__).parent.parent.parent / "docs"
ENGLISH = (DOCS / "members.md").read_text(encoding="utf-8")
FRENCH = (DOCS / "fr" / "members.md").read_text(encoding="utf-8")
GUIDE = ENGLISH + FRENCH
COMMAND = re.compile(r"`/(?:hello )?([a-zà-ÿ ]+)`")
LINKS = re.compile(r"\[[^]]*\]\([^)]*\)|[*#`_-]|^\d+\. ", re.MULTILINE)


def sentences(text: str) -> list[str]:
    plain = LINKS.sub(" ", text)
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:$|  ))", plain)
    pieces = [s for p in paragraphs for s in re.split(r"(?<=[.!?:])\s+", " ".join(p.split()))]
    return [sentence for sentence in pieces if sentence]


def test_every_command_of_the_guide_can_be_typed() -> None:
    english = {command.name for command in everything().listed}
    french = {said_command(name, "fr") for name in english}
    assert set(COMMAND.findall(GUIDE)) <= english | french


def test_each_half_names_the_same_commands_in_its_own_words() -> None:
    english = {command.name for command in everything().listed}
    own = [name for name in COMMAND.findall(ENGLISH) if name in english]
    french = [name for name in COMMAND.findall(FRENCH) if name not in english]
    assert list(dict.fromkeys(french)) == list(dict.fromkeys(said_command(name, "fr") for name in own))
    assert set(COMMAND.findall(FRENCH)) & english == {"lead add"}, "the one that shows the English name"


@pytest.mark.parametrize(("half", "most"), [(ENGLISH, 15), (FRENCH, 20)], ids=["english", "french"])
def test_every_sentence_is_short(half: str, most: int) -> None:
    words = {sentence: [w for w in sentence.split() if re.search(r"\w", w)] for sentence in sentences(half)}
    assert [sentence for sentence, words_of_it in words.items() if len(words_of_it) > most] == []


@pytest.mark.parametrize("half", [ENGLISH, FRENCH], ids=["english", "french"])
def test_it_fits_on_two_pages_and_uses_plain_words(half: str) -> None:
    assert len(half.split()) <= 850
    assert not re.search(
        r"informational interview|entretien d.information|rencontre d.information", half, re.IGNORECASE
    )
    assert not re.search(r"\b\w+(?:n't|'re|'ve|'ll)\b", half)


def test_it_says_what_must_be_said() -> None:
    for sentence in ("Elaine Ruijuan Li", "no legal advice", "Never pay for a job.", "never writes to anybody outside"):
        assert sentence in ENGLISH
    for sentence in (
        "Elaine Ruijuan Li",
        "pas un avis juridique",
        "Ne payez jamais pour un emploi.",
        "n’écrit jamais à personne",
    ):
        assert sentence in FRENCH

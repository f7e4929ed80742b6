"""A name says what it holds: no variable is called by a word that fits everything."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("adapters", "bench", "bot", "changelog.d", "docs", "requirements", "tests")
"""The folders that are held."""
WORDS_OF_MEMBERS = {
    "bot/domain/lead.py": {"every"},  # how often somebody is said hello to
    "bot/domain/snapshot.py": {"done"},  # what members did
}
"""Where such a word is the product's own name for a thing."""
EMPTY_WORDS = frozenset(
    ["found", "each", "every", "made", "known", "given", "said", "kept", "got", "done", "it", "this", "rest", "one"]
)
"""Words that tell how a value came, or that there is one, and not what it is."""


def names_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and name of each variable, parameter and import; attributes belong to whoever declared them."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.arg():
                yield node.lineno, node.arg
            case ast.alias(asname=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name
            case ast.MatchMapping(rest=str(name)) | ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case _:
                pass


def empty_names(source: str, allowed: Collection[str] = ()) -> list[str]:
    """List the names that say nothing of what they hold, each with its line; an underscore before it is no help."""
    empty = EMPTY_WORDS.difference(allowed)
    return [f"{line} {name}" for line, name in names_of(ast.parse(source)) if name.strip("_") in empty]


@pytest.mark.parametrize("room", ROOMS)
def test_a_name_says_what_it_holds(room: str) -> None:
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / room).rglob("*.py")
    }
    empty = {
        file: names
        for file, source in sorted(sources.items())
        if (names := empty_names(source, WORDS_OF_MEMBERS.get(file, set())))
    }
    assert not empty, "call a lead lead, a row row, a reply reply"


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "found: int = 1",
        "a, (b, *found) = 1, (2, 3)",
        "if (found := 1): ...",
        "for found in []: ...",
        "[found for found in []]",
        "with open('x') as found: ...",
        "import os as found",
        "def f(found): ...",
        "def f(*found): ...",
        "def f(*, found=1): ...",
        "lambda found: 1",
        "try: ...\nexcept OSError as found: ...",
        "match 1:\n  case found: ...",
        "match 1:\n  case [*found]: ...",
        "match 1:\n  case {**found}: ...",
        "_found = 1",
        "class A:\n  found: int",
    ],
)
def test_wherever_a_name_is_given_it_is_seen(source: str) -> None:
    assert len(empty_names(source)) == 1


@pytest.mark.parametrize(
    "source", ["lead = 1", "known_names = []", "a.found = 1", "f(given=1)", "found()", "def kept(): ...", "'found'"]
)
def test_what_is_no_name_of_a_variable_is_left_alone(source: str) -> None:
    assert empty_names(source) == []

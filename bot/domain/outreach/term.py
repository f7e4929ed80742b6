"""The term that career courses use, found with its misspellings and abbreviations.

Rule: only the whole term counts. An "information session" or an "interview" alone is not the term.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from bot.domain.outreach.language import Group
from bot.domain.outreach.letters import distance
from bot.domain.outreach.signs import words
from bot.domain.outreach.spelling import most_errors
from bot.letters import folded

_WORD = re.compile(r"[^\W\d_]+")
_NEAR = re.compile(r"[\s\-–'`’.]{1,3}")


def find_term(text: str) -> str | None:
    """Find the term as it was written; None when it is not there."""
    matches = list(_WORD.finditer(text))
    plain = [folded(match.group()) for match in matches]
    for at in range(len(matches)):
        size = _size(plain, at)
        matched = matches[at : at + size]
        if matched and all(_together(text, first, second) for first, second in pairwise(matched)):
            return text[matched[0].start() : matched[-1].end()]
    return None


def _size(plain: Sequence[str], at: int) -> int:
    """Count the words of the term at a place; zero where no term begins there."""
    if at and plain[at - 1] in words(Group.TERM_NEVER_AFTER):
        return 0
    terms = _terms().get(plain[at][:1], ())
    return next((len(term) for term in terms if _is(plain[at : at + len(term)], term)), 0)


@cache
def _terms() -> Mapping[str, Sequence[Sequence[str]]]:
    """Give the terms by their first letter, which nobody mistypes; the longest first."""
    terms = sorted((term.split() for term in words(Group.TERM)), key=len, reverse=True)
    return {letter: [term for term in terms if term[0][0] == letter] for letter in {term[0][0] for term in terms}}


def _is(written: Sequence[str], term: Sequence[str]) -> bool:
    return len(written) == len(term) and all(
        _like(written_word, term_word) for written_word, term_word in zip(written, term, strict=True)
    )


def _like(word: str, of_term: str) -> bool:
    """Tell whether a word is this word of the term, perhaps with a typing error; a word of another meaning is not."""
    if word == of_term:
        return True
    most = most_errors(of_term)
    same = most > 0 and word[0] == of_term[0] and word not in words(Group.TERM_NOT)
    return same and distance(word, of_term, most) <= most


def _together(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Tell whether two words stand in one phrase; a full stop parts them, except after an abbreviation."""
    between = text[first.end() : second.start()]
    if "." in between and folded(first.group()) not in words(Group.TERM_SHORT):
        return False
    return _NEAR.fullmatch(between) is not None

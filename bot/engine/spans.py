"""Spans such as "10-11", « de 10h à 11h » or "12 to 14 march": of each only the start is a day or an hour to keep."""

import re
from dataclasses import dataclass

from bot.engine.date_words import MONTHS, WEEKDAYS, plain_words
from bot.engine.hours import in_digits

_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_NAMED = r"noon|midday|midi|midnight|minuit"
_MARKED = re.compile(
    r"(?:(?<=\dh)|(?<=\d h)|(?<=[ap]m)|(?<=[ap]\.m\.)|(?<=noon)|(?<=midi)|(?<=:\d\d))"
    rf"\s?[-/]\s?(?=\d|{_NAMED})|\s-\s",
    re.IGNORECASE,
)
"""A dash behind an hour that says it is one; the reader of words would take it for a space."""
_HOUR = (
    r"(?:\d{{1,2}}(?P<{side}_mark> ?[:.h] ?\d{{2}}| ?(?:heures?|hours?|hrs?|h|o'?clock)\b)?"
    rf"(?P<{{side}}_half> ?[ap]m?\b)?|(?P<{{side}}_named>{_NAMED}))"
)
_HOURS = re.compile(
    rf"(?<![\w/:.-])(?P<before>(?:(?:from|between|de|entre|at|a) )*)(?P<start>{_HOUR.format(side='start')})"
    rf"(?P<sign> ?- ?| ?/ ?| (?:to|till?|until|and|et|a|jusqu'a|jusque) (?:a )?)(?P<end>{_HOUR.format(side='end')})"
    r"(?![\w/:-])"
)
_FROM = re.compile(r"\b(?:from|between|de|entre)\b")
_NTH = r"(?:st|nd|rd|th|er|e)?"
_TO = r"(?: ?- ?| (?:to|till?|until|and|au|et|a|jusqu'au) )"
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_BEFORE = r"(?:(?:from|between|du|de|entre) )?(?:(?:the|le) )?"
_DAYS = (
    (
        re.compile(rf"\b{_BEFORE}(\d{{1,2}}{_NTH}){_TO}(?:(?:the|le) )?\d{{1,2}}{_NTH} ?((?:of )?(?:{_MONTH}))\b"),
        r"\1 \2",
    ),
    (re.compile(rf"(?<!\d )\b{_BEFORE}((?:{_MONTH}) \d{{1,2}}{_NTH}){_TO}(?:the )?\d{{1,2}}{_NTH}(?![\w:h])"), r"\1"),
    (re.compile(rf"\b{_BEFORE}({_WEEKDAY}){_TO}(?:{_WEEKDAY})\b"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class SpanStart:
    """What was typed, as plain words, with only the start of the span in it."""

    words: str
    of_hours: bool
    """Whether the span goes from an hour to another one, and not from a day to another one."""


def says_from(text: str) -> bool:
    """Tell whether « de 14 à 15h » is a span of hours for sure; « le 14 à 15h » is a day with its hour."""
    return any(_FROM.search(match["before"]) for match in _HOURS.finditer(plain_words(text)))


def start_of(text: str, *, bare: bool) -> SpanStart | None:
    """Find the start of a span; None when there is none.

    Args:
        text: what was typed.
        bare: whether two numbers with a dash between them, such as "10-11", may be hours.
    """
    words = in_digits(plain_words(_MARKED.sub(" to ", _DASH.sub("-", text))))
    for pattern, start in _DAYS:
        if pattern.search(words) is not None:
            return SpanStart(pattern.sub(start, words, count=1), of_hours=False)
    for match in _HOURS.finditer(words):
        if _are_hours(match, bare=bare):
            plain = f"{words[: match.start()]} at {_start(match)} {words[match.end() :]}"
            return SpanStart(" ".join(plain.split()), of_hours=True)
    return None


def _are_hours(match: re.Match[str], *, bare: bool) -> bool:
    """Tell hours from a date such as 10/11, and from « le 12 à 15h », which is a day with its hour."""
    start = match["start_mark"] or match["start_half"] or match["start_named"]
    end = match["end_mark"] or match["end_half"] or match["end_named"]
    sign, before = match["sign"].strip(), match["before"]
    if sign == "a":
        return bool(start) or "de " in before or "entre " in before
    if sign in {"and", "et"}:
        return bool(start) or "between " in before or "entre " in before
    return bool(start or end) or sign not in {"-", "/"} or (bare and sign == "-")


def _start(match: re.Match[str]) -> str:
    """Give the first hour, with the half of the day or the "h" that only the second one carries."""
    start, half = match["start"], (match["end_half"] or "").strip()
    if match["start_half"] or match["start_named"]:
        return start
    if half and _number(start) <= 12 and _number(start) % 12 <= _number(match["end"]) % 12:
        return f"{start}{half}"
    if half == "am" and _number(start) <= 12:
        return f"{start}pm"  # 11-1am begins in the evening before
    return f"{start}h" if match["start_mark"] is None and "h" in (match["end_mark"] or "") else start


def _number(hour: str) -> int:
    return int(re.sub(r"\D.*", "", hour))

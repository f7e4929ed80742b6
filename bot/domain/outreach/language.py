"""Reads the signs and words of a language from its file, and refuses a broken one by the name of the place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from bot.domain.outreach.pattern import BadPattern, Pattern, read_not_after, read_pattern


class EntryKind(StrEnum):
    """What a sign is a sign of; every language has signs of every kind."""

    GREETING = "greeting"
    THANKS = "thanks"
    PLEASANTRY = "pleasantry"
    TO_NOBODY = "to-nobody"
    JOB = "job"
    NO_JOB = "no-job"
    FILE = "file"
    NO_FILE = "no-file"
    ASK = "ask"
    NO_ASK = "no-ask"
    TALK = "talk"
    COFFEE = "coffee"
    CALL = "call"
    CHAT = "chat"
    DISCUSSION = "discussion"
    MEETING = "meeting"
    TOPIC = "topic"
    NO_TOPIC = "no-topic"
    PAST_TALK = "past-talk"
    BACK = "back"
    ANY_TALK = "any-talk"
    DURATION = "duration"
    IN_WRITING = "in-writing"
    REASON = "reason"
    TRADE = "trade"
    ANYBODY = "anybody"
    COMMON = "common"
    WORKED = "worked"
    BACKGROUND = "background"
    PRESENT = "present"
    STATE = "state"
    NO_BACKGROUND = "no-background"
    EASY_NO = "easy-no"
    NEGATION = "negation"
    PRESSING = "pressing"
    INSISTS = "insists"
    CONDITION = "condition"
    HOPES = "hopes"
    THEY_CANNOT = "they-cannot"
    ABLE = "able"
    WANTS = "wants"


class Group(StrEnum):
    """Words that are asked for by name; every language has each, between commas."""

    SMALL = "small"
    ME = "me"
    YOU = "you"
    PAIRS = "pairs"
    ENDINGS = "endings"
    JOINED = "joined"
    SPELLED = "spelled"
    TERM = "term"
    TERM_SHORT = "term-short"
    TERM_NOT = "term-not"
    TERM_NEVER_AFTER = "term-never-after"


class BadLanguage(ValueError):
    """A file of a language that cannot be used: it names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, a sentence that shows it, and one that must not be taken for it."""

    pattern: str
    """The pattern as a translator wrote it."""
    regex: str
    needs: frozenset[str] | None
    """Pieces of text of which a match has one."""
    shows: str
    unlike: str


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language."""

    signs: Mapping[EntryKind, tuple[Sign, ...]]
    words: Mapping[Group, tuple[str, ...]]


def read_language(name: str, text: str) -> Language:
    """Read the file of a language."""
    import tomllib  # noqa: PLC0415 - a start checks no message

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLanguage(f"{name}: {error}") from error
    words, lists, signs = (_table(name, tables, part) for part in ("words", "lists", "signs"))
    _same(name, "[words]", words, Group)
    _same(name, "[signs]", signs, EntryKind)
    groups = {group: _words(_text(f"{name}, words {group}", words[group])) for group in Group}
    raw = {key: _text(f"{name}, list {key}", value) for key, value in lists.items()}
    raw = {"small": " | ".join(groups[Group.SMALL]), **raw}
    ready = _lists(name, raw)
    return Language({kind: _signs(f"{name}, {kind}", signs[kind], raw, ready) for kind in EntryKind}, groups)


def _is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list)


def _table(name: str, tables: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = tables.get(key)
    if not _is_table(table):
        raise BadLanguage(f"{name}: the table [{key}] is missing")
    return table


def _same(name: str, table: str, entries: Mapping[str, object], wanted: type[StrEnum]) -> None:
    """Refuse what is missing and what nobody knows."""
    names = {str(entry) for entry in wanted}
    if names - entries.keys():
        raise BadLanguage(f"{name}, {table}: {min(names - entries.keys())} is missing")
    if entries.keys() - names:
        raise BadLanguage(f"{name}, {table}: nobody asks for {min(entries.keys() - names)}")


def _text(place: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadLanguage(f"{place}: it is empty")
    return " ".join(value.split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _lists(name: str, raw: Mapping[str, str]) -> Mapping[str, Pattern]:
    ready: dict[str, Pattern] = {}
    for key, words in raw.items():
        try:
            ready[key] = read_pattern(words, ready)
        except BadPattern as error:
            raise BadLanguage(f"{name}, list {key}: {error}") from error
    return ready


def _signs(place: str, entries: object, raw: Mapping[str, str], ready: Mapping[str, Pattern]) -> tuple[Sign, ...]:
    if not _is_list(entries) or not entries:
        raise BadLanguage(f"{place}: it has no sign")
    return tuple(_sign(f"{place}, sign {n}", entry, raw, ready) for n, entry in enumerate(entries, start=1))


def _sign(place: str, entry: object, raw: Mapping[str, str], ready: Mapping[str, Pattern]) -> Sign:
    fields: Mapping[str, object] = entry if _is_table(entry) else {}
    if fields.keys() - {"never_after"} != {"sign", "shows", "not"}:
        raise BadLanguage(f"{place}: it needs sign, shows and not")
    pattern, shows, unlike = (_text(f"{place}, {key}", fields[key]) for key in ("sign", "shows", "not"))
    try:
        read = read_pattern(pattern, ready)
        before = read_not_after(_text(f"{place}, never_after", fields["never_after"]), raw) if len(fields) > 3 else ""
    except BadPattern as error:
        raise BadLanguage(f'{place} ("{pattern}"): {error}') from error
    return Sign(pattern, f"(?<= ){before}{read.regex}", read.needs, shows, unlike)

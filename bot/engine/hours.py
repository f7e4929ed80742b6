"""Hours as people type them: 15:00, 15 h 30, 3.30 pm, noon, « neuf heures du matin », "tonight at 7"."""

import re
from dataclasses import dataclass
from datetime import time
from enum import Enum, auto
from typing import TypeAlias

from bot.engine.date_words import DAYS_OF, MONTHS, MONTHS_OF, WEEKDAYS

NIGHT = range(1, 7)
"""Hours that people write for the afternoon too, so that a bare "3:00" is asked about."""

At: TypeAlias = tuple[time, int]
"""A time of day, and how many days after the named one it is; midnight ends a day."""


class NoSuchHour(ValueError):
    """No clock shows this hour, or it is not in the part of the day that was named."""


class Part(Enum):
    """A part of the day."""

    MORNING = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()


@dataclass(frozen=True, slots=True)
class Hours:
    """What a text says of the hour: each meaning it may have, and the words that are left."""

    words_left: str
    options: tuple[At, ...] = ()
    part: Part | None = None
    several: bool = False
    """Whether there is more than one hour."""


_PARTS = (
    (Part.NIGHT, re.compile(r"\b(?:at |in the |this |cette |de |la |du )*(?:night|nuit)\b")),
    (Part.MORNING, re.compile(r"\b(?:in |the |this |ce |du |le |au |de |cette )*(?:morning|matin|matinee|mat)\b")),
    (
        Part.AFTERNOON,
        re.compile(r"(?:\b(?:in|the|this|cet|cette|de|dans|en) )*(?:l')?\b(?:afternoon|apres ?midi|aprem)\b"),
    ),
    (Part.EVENING, re.compile(r"\b(?:in |the |this |ce |du |le |au |de |en )*(?:evening|soir|soiree)\b")),
)
_SAID = (
    (re.compile(r"\btonight\b"), "today night"),
    (re.compile(r"\b(?:last night|(?:la )?nuit derniere|(?:la )?nuit passee)\b"), "yesterday night"),
    (re.compile(r"\bhalf past (\d{1,2})\b"), r"\1:30"),
    (re.compile(r"\b(?:an? |1 )?quarter past (\d{1,2})\b"), r"\1:15"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et demie?\b"), r"\1h30"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et (?:une? |1 )?quart\b"), r"\1h15"),
    (re.compile(r"\bhalf past (noon|midday|midnight)\b"), r"\1 30"),
    (re.compile(r"\b(?:an? |1 )?quarter past (noon|midday|midnight)\b"), r"\1 15"),
    (re.compile(r"\b(midi|minuit|noon|midnight) (?:et )?(?:demie?|30)\b"), r"\1 30"),
    (re.compile(r"\b(midi|minuit|noon|midnight) (?:et (?:une? |1 )?quart|15)\b"), r"\1 15"),
    (re.compile(r"\b(?:midi|noon|midday) (30|15)\b"), r"12h\1"),
    (re.compile(r"\b(?:12 )?(noon|midday|midnight)\b"), r"\1"),
    (re.compile(r"(:\d{2}) ?(?:h|hrs?|hours|heures)\b"), r"\1"),
    (re.compile(r"\b(\d{2})(\d{2}) ?(?:h|hrs?|hours)\b"), r"\1:\2"),
    (re.compile(r"\b(at|a) (\d{1,2}) (\d{2})\b(?! ?(?:h|heures|mars|jours))"), r"\1 \2:\3"),
)
_BEFORE = re.compile(
    r"\b(?:an? |1 )?quarter to (?P<to>\d{1,2}|noon|midnight)\b"
    r"|\b(?P<hour>\d{1,2}|midi|minuit)(?: ?(?:h|heures?))? moins (?:le |une? |1 )?(?P<minutes>quart|[1-5]?\d)\b"
)
_NAMED = {"midi": 12, "noon": 12, "minuit": 24, "midnight": 24}
_PAST = re.compile(r"\b(?P<minutes>[1-5]?\d)(?: min(?:ute)?s?)? past (?P<hour>\d{1,2})\b")
_PARTED = re.compile(r"(?:(?<= )|^)(?:(?P<before>[a-z']+) )?(?P<hour>\d{1,2}) (?P<minute>\d{2}) ?(?P<half>[ap]m)\b")
_HOUR = re.compile(
    r"(?<![\w/.:-])(?P<at>(?:at|a|vers|around|about|by|for|pour) |@ ?)?"
    r"(?:(?P<hour>\d{1,2})"
    r"(?:\s?(?P<mark>:|h|\.)\s?(?P<minute>\d{2})(?!\d)(?::\d{2}(?:\.\d+)?)?"
    rf"|\s?(?P<word>heures?|hours?|hrs?|h|o'? ?clock)(?![a-z])(?:\s(?P<more>\d{{1,2}})(?![\w/:.-]|\s(?:{'|'.join(MONTHS)})\b))?)?"
    r"(?:\s?(?P<half>[ap]m)|(?P<letter>[ap])(?![\w']))?"
    r"|(?P<noon>noon|midday|midi)|(?P<midnight>midnight|minuit)(?: (?P<past>30|15))?)(?![\w/:-])(?!\.\d)"
)


def take_hour(words: str, *, lone: bool = False, dots: bool = True, night: range = NIGHT) -> Hours:
    """Take the hour out of a text of plain words; with `lone`, a bare number is one too.

    Raises:
        NoSuchHour: it is no hour of a day, or not of the part of the day that is named.
    """
    part, words = _part(in_digits(words))
    matches = [
        match for match in _HOUR.finditer(words) if _is_hour(match, words, lone=lone or part is not None, dots=dots)
    ]
    if len(matches) > 1:
        # Beside another hour, 13.03 is a day.
        matches = [match for match in matches if match["mark"] != "." or match["at"] or match["half"]]
    if not matches:
        return Hours(words, part=part)
    left = " ".join(f"{words[: matches[0].start()]} {words[matches[0].end() :]}".split())
    if len(matches) > 1:
        return Hours(left, part=part, several=True)
    return Hours(left, _options(matches[0], part, night), part)


def in_digits(words: str) -> str:
    """Write what stands for an hour and its minutes, such as "half past ten", in digits."""
    for pattern, plainly in _SAID:
        words = pattern.sub(plainly, words)
    words = _PARTED.sub(_joined, words)
    return _BEFORE.sub(_shortened, _PAST.sub(lambda match: f"{match['hour']}:{int(match['minutes']):02}", words))


def _shortened(match: re.Match[str]) -> str:
    """Write the time some minutes before an hour."""
    named, minutes = match["to"] or match["hour"], match["minutes"] or "quart"
    hour = _NAMED.get(named) or int(named)
    before = 15 if minutes == "quart" else int(minutes)
    return f"{(hour - 1) % 24 or 12}:{60 - before:02}" if before else match[0]


def _joined(match: re.Match[str]) -> str:
    """Join the parts of "3 30 pm"; in "march 16 11am" and "thursday 12 10am" the first number is the day."""
    before = match["before"] or ""
    is_day = (
        before in MONTHS or before in {"the", "le"} or (before in WEEKDAYS and match["minute"] in {"10", "11", "12"})
    )
    return match[0] if is_day else f"{before} {match['hour']}:{match['minute']}{match['half']}".lstrip()


def _part(words: str) -> tuple[Part | None, str]:
    """Take the part of the day out of a text; returns it with the words that are left."""
    for part, pattern in _PARTS:
        if pattern.search(words):
            return part, " ".join(pattern.sub(" ", words, count=1).split())
    return None, words


def _is_hour(match: re.Match[str], words: str, *, lone: bool, dots: bool) -> bool:
    """Tell an hour from a day of the month, such as 12 in "march 12", and 10.03 in "tuesday 10.03"."""
    if (
        match["noon"]
        or match["midnight"]
        or match["half"]
        or match["letter"]
        or match["word"]
        or match["mark"] in {":", "h"}
    ):
        return True
    if match["mark"] == ".":
        is_day = 1 <= int(match["hour"]) <= 31 and 1 <= int(match["minute"]) <= 12
        return bool(match["at"]) or not is_day or (dots and match[0].strip() != words.strip())
    if not match["at"] and not lone:
        return False
    after, before = words[match.end() :].split()[:1], words[: match.start()].split()[-1:]
    counted = any(word in MONTHS or word in DAYS_OF or word in MONTHS_OF for word in after)
    return not counted and (bool(match["at"]) or not any(word in MONTHS or word in {"le", "the"} for word in before))


def _options(match: re.Match[str], part: Part | None, night: range) -> tuple[At, ...]:
    """List the times of day that a matched hour may mean.

    Raises:
        NoSuchHour: no clock shows it.
    """
    if match["noon"]:
        return ((time(12), 0),)
    if match["midnight"]:
        at = time(0, int(match["past"] or 0))
        return ((at, 1),) if part in {Part.NIGHT, Part.EVENING} else ((at, 0), (at, 1))
    hour, minute = int(match["hour"]), int(match["minute"] or match["more"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise NoSuchHour
    half = match["half"] or match["letter"]
    if half:
        if not 1 <= hour <= 12:
            raise NoSuchHour
        hour = hour % 12 + (12 if half.startswith("p") else 0)
        return tuple(_in_part(hour, minute, part)) if part is not None else ((time(hour, minute), 0),)
    if part is not None:
        return tuple(_in_part(hour, minute, part, halved=hour <= 12))
    if hour == 24:
        return ((time(0), 1),)
    doubtful = hour in night and not match["hour"].startswith("0")
    return ((time(hour + 12, minute), 0), (time(hour, minute), 0)) if doubtful else ((time(hour, minute), 0),)


_SPANS = {
    Part.MORNING: range(12),
    Part.AFTERNOON: range(12, 20),
    Part.EVENING: range(16, 24),
    Part.NIGHT: range(18, 24),
}


def _in_part(hour: int, minute: int, part: Part, *, halved: bool = False) -> list[At]:
    """Find an hour in a part of the day; with `halved` it may be meant on the clock of twelve hours."""
    if part is Part.MORNING and halved and hour == 12:
        # « 12 h du matin » is noon for some, and midnight for others.
        return [(time(12, minute), 0), (time(0, minute), 0)]
    meant = {hour % 24, *([hour % 12, hour % 12 + 12] if halved else [])}
    fit = [(time(candidate, minute), 0) for candidate in sorted(meant) if candidate in _SPANS[part]]
    if part is Part.NIGHT and not fit:
        # The night goes on after midnight, which some count to the day before.
        small = min(meant)
        fit = [(time(small, minute), days) for days in (0, 1) if small < min(NIGHT) + 5]
    if not fit:
        raise NoSuchHour
    return fit

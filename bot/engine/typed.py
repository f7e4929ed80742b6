"""Takes a typed line apart, as people type on a phone: `name:"Dana R."`, `--name Dana`, or just the words."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.engine.command import AnyCommand
from bot.engine.echo import echo
from bot.engine.errors import BadValue
from bot.engine.matching import rank
from bot.engine.meant import COMMANDS, spellings_of, value_meant
from bot.engine.numbers import read_number
from bot.engine.params import Param
from bot.engine.rule import Kind
from bot.ui.languages import SOURCE
from bot.ui.text import t
from bot.ui.values import Together, ValueRef

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "”": "”"}
_SHORT = {Kind.NUMBER, Kind.YES_NO, Kind.CHOICE, Kind.CHANNEL, Kind.ID}
"""Values of a word or a few, after which others may follow."""
_NAMES = {Kind.REF, Kind.PERSON}
"""Values that begin a line, and end where something else surely begins."""
_OPENING = re.compile(rf"\s+(?=[{''.join(_CLOSING)}])")
"""Before a quote that may open a value."""
_COUNTED = re.compile(r"(?:(?:and|et)\s+)?(\w+)\s+([^\W\d][\w-]*)(?=[\s,;.]|$)")
_BEHIND = re.compile(r"[\s,;]|$")
_BETWEEN = re.compile(r"[\s,;]*")
_STRANGER = re.compile(r"(?<!\S)(?:--)?([^\W\d][\w-]{1,31})\s*[:=]\s*(?=[\"“„«])")
_LOOKS_NAMED = re.compile(r"([^\W\d][\w-]{1,31})[:=](?=[^\s/:=])")
"""A name and sign before an unquoted value; it may be plain words, so it is refused only if a known name is near."""


@dataclass(frozen=True, slots=True)
class _TypedPiece:
    """A part of the line: a value by name, or words without one."""

    name: str | None
    text: str
    quoted: bool


def read_typed(command: AnyCommand, line: str) -> dict[str, str]:
    """Give the raw values that a line names, and fill its other words in order into what is missing.

    Raises:
        BadValue: a name is not known, or a value is given twice.
    """
    values: dict[str, str] = {}
    loose: list[_TypedPiece] = []
    numbers = {param.name for param in command.named if param.rule.kind is Kind.NUMBER}
    for piece in _pieces(line, [param.name for param in command.named], command.name, numbers):
        if piece.name is None:
            loose.append(piece)
        elif piece.name in values:
            raise BadValue(
                t("{name} is there twice.", name=ValueRef(piece.name, command.name)), t("Please give it once.")
            )
        else:
            values[piece.name] = piece.text
    _fill(values, loose, [param for param in command.named if param.name not in values])
    return values


def read_named(line: str, names: Iterable[str], command: str = "") -> dict[str, str]:
    """Give the values of a command that a line names, when every word of it must belong to a name.

    Raises:
        BadValue: there are words without a name.
    """
    values: dict[str, str] = {}
    for piece in _pieces(line, names, command):
        if piece.name is None:
            raise BadValue(t("I do not know what {words} is for.", words=echo(piece.text)))
        values[piece.name] = piece.text
    return values


def _pieces(line: str, names: Iterable[str], command: str, numbers: Collection[str] = ()) -> Iterator[_TypedPiece]:
    own = tuple(names)
    spelled, label = spellings_of(own, command), _label_of(own, command)
    at = 0
    while at < len(line):
        match = label.match(line, at)
        if match:
            name = value_meant(match[1] or match[2], spelled)
            text, quoted, at = _value(line, match.end(), label)
            yield _TypedPiece(name, text, quoted)
        elif line[at].isspace() or line[at] in ",;":
            at += 1
        elif counted := _counted(line, at, spelled, numbers):
            yield counted[0]
            at = counted[1]
        else:
            _check_stranger(line, at, spelled, command)
            text, quoted, at = _value(line, at, label)
            yield _TypedPiece(None, text, quoted)


@lru_cache(maxsize=COMMANDS)
def _label_of(names: tuple[str, ...], command: str) -> re.Pattern[str]:
    """Make the pattern of a value's name with its sign; each command has one."""
    # The longest first, because an alternation takes the first that fits; `(?!)` fits nothing.
    spellings = (
        "|".join(sorted((re.escape(way) for way in spellings_of(names, command)), key=len, reverse=True)) or r"(?!)"
    )
    return re.compile(rf"(?<!\S)(?:--({spellings})(?:\s*=\s*|\s+|$)|({spellings})\s?:\s*)", re.IGNORECASE)


def _counted(
    line: str, at: int, spelled: Mapping[str, str], numbers: Collection[str]
) -> tuple[_TypedPiece, int] | None:
    """Read a number with what it counts behind it, such as `2 messages`, and the place behind both."""
    match = _COUNTED.match(line, at)
    if match is None or read_number(match[1], SOURCE) is None:
        return None
    ways = (match[2], f"{match[2]}s")
    name = next((name for way in ways if (name := value_meant(way, spelled)) in numbers), None)
    return None if name is None else (_TypedPiece(name, match[1], quoted=True), match.end())


def _value(line: str, at: int, label: re.Pattern[str]) -> tuple[str, bool, int]:
    """Read one value: to the closing quote, else to the next name; an unclosed quote takes the rest."""
    if at < len(line) and line[at] in _CLOSING:
        end = _closing(line, at, label)
        if end is not None:
            return line[at + 1 : end], True, end + 1
        if line[at] != "'":
            return line[at + 1 :].strip(), True, len(line)
    following = label.search(line, at)
    end = following.start() if following else len(line)
    return line[at:end].strip(), False, end


def _closing(line: str, at: int, label: re.Pattern[str]) -> int | None:
    """Find the quote that closes a value: the first one after which a name, a quote or nothing follows.

    A quote inside a word is an apostrophe, and belongs to the value.
    """
    closing = _CLOSING[line[at]]
    first = before = None
    for end in range(at + 1, len(line)):
        if line[end] not in closing or not _BEHIND.match(line, end + 1):
            continue
        if before is not None and label.search(line, before, end):
            break
        first, before = end if first is None else first, end
        after = _BETWEEN.match(line, end + 1)
        following = after.end() if after else end + 1
        if following == len(line) or line[following] in _CLOSING or _named(line, following, label):
            return end
    return first


def _named(line: str, at: int, label: re.Pattern[str]) -> bool:
    """Tell whether a name begins here, known or mistyped."""
    return label.match(line, at) is not None or _STRANGER.match(line, at) is not None


def _check_stranger(line: str, at: int, spelled: Mapping[str, str], command: str) -> None:
    """Look for a name here that the command does not take.

    Raises:
        BadValue: there is one, with a quoted value behind it or a known name near it.
    """
    quoted = _STRANGER.match(line, at)
    stranger = quoted or _LOOKS_NAMED.match(line, at)
    if stranger is None:
        return
    ordered = sorted(spelled)
    near = [spelled[ordered[i]] for i in rank(stranger[1], ordered, limit=1)]
    if not near and not quoted:
        return
    refs = {name: ValueRef(name, command) for name in spelled.values()}
    takes = Together(tuple(t("{name}", name=ref) for ref in refs.values()), any_of=True)
    advice = t("Did you mean {name}?", name=refs[near[0]]) if near else t("You can give: {names}.", names=takes)
    raise BadValue(t("I do not know the value {name}.", name=echo(stranger[1])), advice if near or spelled else None)


def _fill(values: dict[str, str], loose: list[_TypedPiece], missing: list[Param]) -> None:
    """Give words without a name to the parameters that have no value, in their order."""
    words = loose
    for place, param in enumerate(missing):
        if not words:
            return
        if param.name in values:
            continue
        later = [next_param for next_param in missing[place + 1 :] if next_param.name not in values]
        first, *others = words
        if later and not first.quoted:
            first, *others = [*_parted_at_quotes(first.text, param, later), *others]
        head, tail = (first.text, "") if first.quoted else _cut_off(values, param, first.text, later)
        words = [_TypedPiece(None, tail, quoted=False), *others] if tail else others
        if all(next_param.name in values for next_param in later) and (first.quoted or param.rule.kind not in _SHORT):
            head, words = " ".join((head, *(piece.text for piece in words))), []
        values[param.name] = head
    if words:
        raise BadValue(t("I do not know what {words} is for.", words=echo(words[0].text)))


def _parted_at_quotes(text: str, param: Param, later: list[Param]) -> list[_TypedPiece]:
    """Part words from the quoted values behind them, as in `dana "tomorrow 15:00"`; a quote amid words is theirs.

    Words of any kind may end with a quote, so they are parted only from all the values that the command needs.
    """
    needed = sum(next_param.required for next_param in later)
    for opening in _OPENING.finditer(text):
        quoted = _all_quoted(text, opening.end())
        if quoted and (param.rule.kind in _SHORT | _NAMES or 0 < needed <= len(quoted)):
            return [_TypedPiece(None, text[: opening.start()], quoted=False), *quoted]
    return [_TypedPiece(None, text, quoted=False)]


def _all_quoted(text: str, at: int) -> list[_TypedPiece]:
    """Read quoted values up to the end; none when anything else is among them."""
    pieces: list[_TypedPiece] = []
    while at < len(text):
        end = _closing(text, at, _label_of((), "")) if text[at] in _CLOSING else None
        if end is None:
            return []
        pieces.append(_TypedPiece(None, text[at + 1 : end], quoted=True))
        at = end + 1 + len(text[end + 1 :]) - len(text[end + 1 :].lstrip(" \t\n,;"))
    return pieces


def _cut_off(values: dict[str, str], param: Param, text: str, later: list[Param]) -> tuple[str, str]:
    """Cut off the words of one value; the rest is for the next ones."""
    if param.rule.kind in _SHORT:
        return _beginning(param, text)
    return (_take_endings(values, text, later), "") if param.rule.kind in _NAMES else (text, "")


def _beginning(param: Param, text: str) -> tuple[str, str]:
    """Cut off the most words that surely are a value, else the first one."""
    words = text.split()
    sure = [n for n in range(len(words), 1, -1) if param.rule.recognises(" ".join(words[:n]))]
    end = sure[0] if sure else 1
    return " ".join(words[:end]), " ".join(words[end:])


def _take_endings(values: dict[str, str], text: str, later: list[Param]) -> str:
    """Cut off the end of a line what certainly is another value, so that the name at its beginning is left."""
    words = text.split()
    for start in range(1, len(words)):
        for param in later:
            if param.name not in values and param.rule.recognises(" ".join(words[start:])):
                values[param.name] = " ".join(words[start:])
                return _take_endings(values, " ".join(words[:start]), later)
    return text

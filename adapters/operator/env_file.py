"""The settings file as set-up writes it: atomically, for its owner only, with comments and unknown lines as they were."""

import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from adapters.operator.private_file import OWNER_ONLY, write_private
from bot.config import about, read_settings_file
from bot.store.errors import StartError

ENCODING = "utf-8-sig"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PLAIN = re.compile(r"[\w./:@%+=,~-]*", re.ASCII)
_NAME = re.compile(r"\s*(?:export\s+)?(?P<name>\w+)\s*=\s*(?P<rest>.*)")


class EnvFile:
    """One settings file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def values(self) -> Mapping[str, str]:
        """Read every name with its value.

        Raises:
            StartError: it cannot be read.
        """
        if not self.path.exists():
            return {}
        try:
            return read_settings_file(self.path)
        except UnicodeDecodeError:
            raise StartError(
                "The file {file} is not text in UTF-8. Save it as UTF-8, then try again.", file=self.path
            ) from None
        except OSError as error:
            raise StartError(
                "The file {file} cannot be read: {reason}. Look at its rights.", file=self.path, reason=error.strerror
            ) from None

    def keep_private(self) -> None:
        """Let its owner alone read it, also when it was copied here; where that cannot be, doctor tells."""
        with suppress(OSError):
            if self.path.stat().st_mode & OTHERS:
                self.path.chmod(OWNER_ONLY)

    def put(self, new_values: Mapping[str, str]) -> None:
        """Set some names; every other line stays as it was.

        Raises:
            StartError: it cannot be written, or a name would not be read back as it was given.
        """
        before = self.values()
        if all(before.get(name) == value for name, value in new_values.items()):
            return
        old_text = self.path.read_bytes().decode(ENCODING) if self.path.exists() else ""
        try:
            write_private(self.path, "".join(_changed(old_text, new_values)))
            values_written = self.values()
            if values_written != {**before, **new_values}:
                write_private(self.path, old_text)
                raise StartError(
                    "The file {file} is written in a way that I cannot change. Look at its quotes.", file=self.path
                )
        except OSError as error:
            raise StartError(
                "The file {file} cannot be written: {reason}. Look for a full disk or missing rights.",
                file=self.path,
                reason=error.strerror,
            ) from None


def _changed(text: str, new_values: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a settings file with new values; what is not there yet comes at the end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    missing = dict(new_values)
    for statement in _statements(text):
        assignment = _NAME.match(statement)
        name = assignment["name"].upper() if assignment else ""
        if name in new_values:
            missing.pop(name, None)
            yield f"{name}={_quoted(new_values[name])}{newline}"
        else:
            yield statement
    if text and not text.endswith("\n") and missing:
        yield newline
    for name, value in missing.items():
        description = about(name)
        yield f"{newline}# {description[:1].upper()}{description[1:]}.{newline}" if description else newline
        yield f"{name}={_quoted(value)}{newline}"


def _statements(text: str) -> Iterator[str]:
    """Cut a settings file into its statements; a value in quotes may go over several lines."""
    waiting, quote = "", ""
    for line in text.splitlines(keepends=True):
        waiting += line
        if not quote:
            assignment = _NAME.match(line)
            first = assignment["rest"][:1] if assignment else ""
            if assignment and first in {"'", '"'} and not _ends(assignment["rest"][1:], first):
                quote = first
                continue
        elif not _ends(line, quote):
            continue
        yield waiting
        waiting, quote = "", ""
    if waiting:
        yield waiting


def _ends(words: str, quote: str) -> bool:
    """Tell whether a quote ends in a line."""
    return re.search(rf"(?<!\\){quote}", words) is not None


def _quoted(value: str) -> str:
    if PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"

"""A value that is a file: got from the platform and read before the store is asked, so that nobody waits for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.engine.errors import BadValue, BotError, TooLong
from bot.engine.finding import Parsed
from bot.engine.invocation import Invocation, Table, Upload
from bot.engine.reading import Refusal
from bot.engine.rule import Kind, Rule
from bot.ui.text import t
from bot.ui.values import Count

if TYPE_CHECKING:
    from bot.engine.call import Call

MOST_BYTES = 5_000_000
"""A list of 2,000 people has a tenth of it; cards with pictures have more."""


@dataclass(frozen=True, kw_only=True)
class TableFile(Rule[Table]):
    """A file that is a table; `opened` reads it, or raises an error that says what to send instead."""

    opened: Callable[[Upload], Table]
    kind = Kind.FILE
    reads = Table

    def read(self, call: "Call", raw: str) -> Table:
        """Take what the file holds.

        Raises:
            BadValue: the file did not come with this request.
        """
        if raw not in call.place.tables:
            raise not_there()
        return call.place.tables[raw]


def not_there() -> BotError:
    """Say that a file could not be had."""
    return BadValue(t("I could not get the file."), t("Please choose the file again."))


def too_large() -> BotError:
    """Say that a file is larger than may be."""
    return TooLong(
        t("The file is too large. I read at most {n} megabytes.", n=Count(MOST_BYTES // 1_000_000)),
        t("Please cut it into two files, or save it without pictures."),
    )


async def read_files(invocation: Invocation, invoked: Parsed) -> Invocation:
    """Get and read the files that a command is given.

    Raises:
        Refusal: one could not be had, or is not what it should be.
    """
    rules = [(param.name, param.rule) for param in invoked.command.params if param.name in invoked.raw]
    tables = dict(invocation.place.tables)
    for name, rule in rules:
        if isinstance(rule, TableFile):
            raw = invoked.raw[name]
            try:
                tables[raw] = await _read(invocation, rule, raw)
            except BotError as problem:
                raise Refusal({name: problem}) from None
    return replace(invocation, place=replace(invocation.place, tables=tables)) if tables else invocation


async def _read(invocation: Invocation, rule: TableFile, raw: str) -> Table:
    try:
        upload = await invocation.place.fetch(raw)
    except OSError:
        raise not_there() from None
    if len(upload.data) > MOST_BYTES:
        raise too_large()
    # Reading a workbook takes a moment, in which the bot answers everybody else.
    return await asyncio.to_thread(rule.opened, upload)

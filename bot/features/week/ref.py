"""The rule for a value that names a week."""

from dataclasses import dataclass

from bot.engine.rules import RowId


@dataclass(frozen=True, kw_only=True)
class WeekId(RowId):
    """A week by its ISO name, such as 2026-W12; only buttons carry it."""

    _width = 8

"""Quarters of a year, in whole weeks: a week belongs to the month in which its Thursday lies."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.week import Week

MONTHS = 3
_TYPED = re.compile(
    r"(?:(\d{4})[\s/-]*)?(?:q|t|quarter|trimestre)?\s*([1-4])(?:er|e|st|nd|rd|th)?\s*(?:quarter|trimestre)?"
    r"(?:[\s/-]*(?:of|de)?\s*(\d{4}))?",
    re.IGNORECASE,
)


def month_of(week: Week) -> date:
    """Name the month of a week, by its first day."""
    return (week.monday + timedelta(days=3)).replace(day=1)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, week: Week) -> "Quarter":
        """Name the quarter of a week."""
        month = month_of(week)
        return cls(month.year, (month.month - 1) // MONTHS + 1)

    @classmethod
    def from_iso(cls, name: str) -> "Quarter":
        """Read a name such as 2026-Q1."""
        year, number = name.split("-Q")
        return cls(int(year), int(number))

    @classmethod
    def typed(cls, words: str, year: int) -> "Quarter | None":
        """Read what a person typed, such as "2026 Q1", "Q1" or « T1 2026 »; without a year it is in the given one."""
        match = _TYPED.fullmatch(words.strip())
        return None if match is None else cls(int(match[1] or match[3] or year), int(match[2]))

    @property
    def iso(self) -> str:
        """The name, such as 2026-Q1."""
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> tuple[date, ...]:
        """The months, each by its first day."""
        first = (self.number - 1) * MONTHS + 1
        return tuple(date(self.year, first + n, 1) for n in range(MONTHS))

    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

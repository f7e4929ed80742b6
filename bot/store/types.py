"""Column types: how instants, days, weeks and sealed personal texts are stored."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from bot.domain.week import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Personal texts of one row, encrypted; only `bot.store.crypto` makes and opens it."""

    table: str
    box: bytes


class Instant(TypeDecorator[datetime]):
    """An instant: aware UTC here, whole microseconds since 1970 in the database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Count the microseconds.

        Raises:
            ValueError: the instant has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        since = value - EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Give the aware instant."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class DateColumn(TypeDecorator[date]):
    """A date: ISO text in the database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """Write the date as ISO text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """Read the date."""
        return None if value is None else date.fromisoformat(value)


class WeekKey(TypeDecorator[Week]):
    """A week: its sortable key in the database."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: Week | None, dialect: Any) -> int | None:
        """Give the week's key."""
        return None if value is None else value.key

    def process_result_value(self, value: int | None, dialect: Any) -> Week | None:
        """Give the week."""
        return None if value is None else Week.from_key(value)


class Private(TypeDecorator[Sealed]):
    """The sealed personal texts of a row; plain text cannot be stored here by mistake.

    `by` names the columns that make the row's identity, which is sealed together with the texts.
    """

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, table: str, *by: str) -> None:
        super().__init__()
        self.table = table
        self.by = by

    def identity(self, row: Any) -> str:
        """Write the identity of a row, as it was sealed."""
        parts = (getattr(row, name) for name in self.by)
        return ":".join(str(part.key) if isinstance(part, Week) else part for part in parts)

    def process_bind_param(self, value: Sealed | None, dialect: Any) -> bytes | None:
        """Store the sealed bytes.

        Raises:
            TypeError: the value was not sealed, or was sealed for another table.
        """
        if value is None:
            return None
        if type(value) is not Sealed or value.table != self.table:
            raise TypeError(f"{self.table}.private takes only what was sealed for it.")
        return value.box

    def process_result_value(self, value: bytes | None, dialect: Any) -> Sealed | None:
        """Give the sealed texts; `bot.store.crypto.unseal` opens them."""
        return None if value is None else Sealed(self.table, value)

"""A month, a week or a year that is named gives its first and its last day, in English and French."""

from datetime import date

import pytest

from bot.engine.date_words import plain_words
from bot.engine.periods import period_named
from tests.support.console import Console

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("march", "2026-03-01", "2026-03-31"),
        ("Mars", "2026-03-01", "2026-03-31"),
        ("Feb.", "2026-02-01", "2026-02-28"),
        ("december", "2025-12-01", "2025-12-31"),
        ("décembre 2024", "2024-12-01", "2024-12-31"),
        ("february of 2024", "2024-02-01", "2024-02-29"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("11/2025", "2025-11-01", "2025-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("le mois dernier", "2026-02-01", "2026-02-28"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("last week", "2026-03-02", "2026-03-08"),
        ("la semaine passée", "2026-03-02", "2026-03-08"),
        ("cette semaine", "2026-03-09", "2026-03-15"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("l’an dernier", "2025-01-01", "2025-12-31"),
        ("l'année passée", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_gives_its_first_and_its_last_day(typed: str, first: str, last: str) -> None:
    assert period_named(plain_words(typed), TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed", ["yesterday", "3 march", "friday", "last friday", "2026-03-06", "month", "", "may be"]
)
def test_a_day_is_no_period(typed: str) -> None:
    assert period_named(plain_words(typed), TODAY) is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("from:march to:march", "3 entries"),
        ("from:march to:april", "4 entries"),
        ("from:2026-04", "1 entry"),
        ('from:"le mois dernier" to:"le mois dernier"', "3 entries"),
        ("to:2025", "nothing in your record for these days"),
    ],
)
async def test_a_record_of_a_month_is_asked_for_by_its_name(circle: Console, values: str, sentence: str) -> None:
    await circle.run(
        *(f'@amina /lead add name:"Dana {n}" organisation:"Nordik" why:"x"' for n in range(3)),
        "at 2026-04-30T23:30",
        '@amina /lead add name:"Priya" organisation:"City" why:"x"',
    )
    assert sentence in (await circle.one(f"@amina /me record {values}")).text

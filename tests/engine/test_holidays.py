"""Public holidays come from the library, and only when somebody asks for them."""

import subprocess
import sys
from datetime import date

import pytest

from bot.engine.holidays import NONE, is_holiday, places, public_holidays
from bot.ui.languages import spoken


@pytest.mark.parametrize(
    ("place", "day", "off"),
    [
        ("CA-QC", date(2026, 6, 24), True),
        ("CA", date(2026, 6, 24), False),
        ("CA", date(2026, 7, 1), True),
        ("US-GA", date(2026, 11, 26), True),
        ("FR", date(2026, 7, 14), True),
        ("FR", date(2026, 7, 15), False),
        ("CA-QC", date(2027, 12, 27), True),  # Christmas is on a Saturday
        (None, date(2026, 7, 1), False),
        ("ZZ", date(2026, 1, 1), False),
        ("CA-ZZ", date(2026, 1, 1), False),
    ],
)
def test_days_off(place: str | None, day: date, off: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_holiday(place, day) is off


@pytest.mark.parametrize("language", spoken())
def test_every_place_has_a_name_and_days(language: str) -> None:
    listed = places(language)
    assert len({place.id for place in listed}) == len(listed) > 700
    assert NONE not in {place.id for place in listed}
    assert all(place.name and place.name != place.id for place in listed)
    assert all(public_holidays(place.id, 2026) for place in listed if place.id.partition("-")[0] in {"CA", "FR", "US"})


def test_a_start_does_not_wait_for_the_library() -> None:
    code = "import sys; from bot.features import everything; everything(); print('holidays' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == "False"

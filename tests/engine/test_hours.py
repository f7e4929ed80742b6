"""An hour is read as people type it where only an hour can be meant; what could be another one is asked or refused."""

import pytest

from tests.support.console import Console


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1930", "7:30 PM"),
        ("730", "7:30 AM"),
        ("0730", "7:30 AM"),
        ("7,30", "7:30 AM"),
        ("19u30", "7:30 PM"),
        ("19.30 Uhr", "7:30 PM"),
        ("le midi", "12:00 PM"),
        ("the noon", "12:00 PM"),
        ("twenty past seven", "7:20 AM"),
        ("5 past 8", "8:05 AM"),
        ("quarter to noon", "11:45 AM"),
        ("8 moins le quart", "7:45 AM"),
        ("dix heures moins vingt", "9:40 AM"),
        ("midi moins 5", "11:55 AM"),
        ("minuit moins le quart", "11:45 PM"),
    ],
)
async def test_an_hour_is_read_as_people_type_it(circle: Console, typed: str, shown: str) -> None:
    seen = await circle.one(f'@organiser /community settings hour:"{typed}"')
    assert f"Digest hour: {shown}" in seen.text


@pytest.mark.parametrize("typed", ["2560", "1", "19300", "8 moins", "noon tomorrow", "half seven", "8 past"])
async def test_what_is_surely_no_hour_is_not_guessed(circle: Console, typed: str) -> None:
    seen = await circle.one(f'@organiser /community settings hour:"{typed}"')
    assert "Digest hour:" not in seen.text

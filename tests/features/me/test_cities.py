"""A large city that gives no time zone its name is known too; a name that means two places is asked."""

import pytest

from tests.support.console import Console


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Ottawa", "Toronto"),
        ("Québec", "Toronto"),
        ("quebec", "Toronto"),
        ("Mississauga", "Toronto"),
        ("laval", "Toronto"),
        ("Calgary", "Edmonton"),
        ("Saskatoon", "Regina"),
        ("St. John's", "St. John’s"),
        ("Fredericton", "Moncton"),
        ("Vancouver, BC", "Vancouver"),
        ("Toronto, Ontario", "Toronto"),
        ("Mumbai", "Kolkata"),
        ("Beijing", "Shanghai"),
        ("Genève", "Zurich"),
        ("Cayenne", "Cayenne"),
        ("Europe/Paris", "Paris"),
        ("London · Canada", "Toronto"),
    ],
)
async def test_the_zone_of_a_city(circle: Console, typed: str, zone: str) -> None:
    seen = await circle.one(f'@amina /me settings zone:"{typed}"')
    assert f"Time zone: {zone} time" in seen.text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("London", ["London · Canada", "London · United Kingdom"]),
        ("london, ontario", ["London · Canada", "London · United Kingdom"]),
        ("Kingston", ["Kingston · Canada", "Kingston · Jamaica"]),
        ("Otawa", ["Ottawa · Canada", "Tarawa · Kiribati"]),
        ("quebec city", ["Québec · Canada"]),
        (
            "Canada",
            [
                "Toronto · Canada",
                "Montreal · Canada",
                "Vancouver · Canada",
                "Edmonton · Canada",
                "Winnipeg · Canada",
            ],
        ),
    ],
)
async def test_what_is_not_sure_is_asked(circle: Console, typed: str, offered: list[str]) -> None:
    seen = await circle.one(f'@amina /me settings zone:"{typed}"')
    assert [label for label, _ in seen.buttons] == offered
    seen = await circle.one(f'@amina press "{offered[0]}"')
    assert "Time zone: " in seen.text


@pytest.mark.parametrize("typed", ["Zzyzx", "GMT+3", "上海", "Punjab"])
async def test_no_city_is_offered_because_letters_of_it_are_inside_another(circle: Console, typed: str) -> None:
    seen = await circle.one(f'@amina /me settings zone:"{typed}"')
    assert f"I do not know the time zone {typed}." in seen.text
    assert not [label for label, _ in seen.buttons if "·" in label]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "Toronto · Canada"),
        ("canada", "Toronto · Canada"),
        ("otta", "Ottawa · Canada"),
        ("vanc", "Vancouver · Canada"),
        ("york", "New York · United States"),
        ("Toronto · Canada", "Toronto · Canada"),
    ],
)
async def test_the_menu_begins_with_the_large_cities(circle: Console, typed: str, first: str) -> None:
    seen = await circle.one(f'@amina suggest /start zone:"{typed}"')
    labels = seen.suggestions
    assert labels[0] == first
    assert len(labels) == len(set(labels)) <= 25

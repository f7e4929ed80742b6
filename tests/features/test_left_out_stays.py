"""What is left out of a line stays as it was; what is emptied in the form goes."""

import pytest

from bot.features import everything
from tests.support.console import Console

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"rivers"'
SETUP = "/community setup channel:#digest zone:Toronto language:en"
START = '@amina /start language:en zone:Toronto work:"I cook." number:5 board:name'
PREP = '@amina /meeting prep lead:dana goal:"how they began"'

KINDS = {
    "community setup": (
        [f"@olga {SETUP} second_language:fr digest_at:15:00"],
        f"@olga {SETUP}",
        "@olga /community settings",
        ["Second language: français", "Digest hour: 3:00 PM"],
    ),
    "community welcome": (
        [f"@olga {SETUP} second_language:fr", '@olga /community welcome text:"Hello" second:"Salut à vous"'],
        '@olga /community welcome text:"Hello again"',
        '@olga press "Change the welcome"',
        ["Hello again", "Salut à vous"],
    ),
    "start": ([START], "@amina /start language:en zone:Paris", "@amina /me settings", ["I cook.", "Asks a week: 5"]),
    "week plan": (
        ['@amina /week plan asks:2 leads:3 meetings:1 sentence:"On Tuesday."'],
        "@amina /week plan asks:4",
        "@amina /week plan",
        ["4", "3", "1", "On Tuesday."],
    ),
    "meeting prep": (
        [DANA, f'{PREP} fallback:"a good hour" questions:"Why rivers?"'],
        '@amina /meeting prep lead:dana goal:"how they go on"',
        "@amina /meeting prep lead:dana",
        ["how they go on", "a good hour", "Why rivers?"],
    ),
    "lead edit": (
        [DANA, '@amina /lead edit lead:dana notes:"plays chess" knows_term:yes'],
        '@amina /lead edit lead:dana why:"dams"',
        "@amina /lead edit lead:dana",
        ["Dana R.", "dams", "plays chess", "yes"],
    ),
}
EMPTIED = [
    (KINDS["community welcome"], '@olga press "Change the welcome"', '@olga fill text:"Hello" second:""', "second"),
    (KINDS["week plan"], "@amina /week plan", '@amina fill asks:4 leads:3 meetings:1 sentence:""', "sentence"),
    (
        KINDS["meeting prep"],
        "@amina /meeting prep lead:dana",
        '@amina fill goal:"x" fallback:"" questions:"Why?"',
        "fallback",
    ),
    (
        KINDS["lead edit"],
        "@amina /lead edit lead:dana",
        '@amina fill name:"Dana R." organisation:"Nordik" why:"dams" notes:"" knows_term:yes',
        "notes",
    ),
]


@pytest.fixture(autouse=True)
async def organiser(circle: Console) -> None:
    await circle.run("@olga as organiser")


def test_every_command_whose_form_shows_what_is_kept_is_tried() -> None:
    assert {command.name for command in everything().listed if command.stays} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_line_leaves_out_stays(circle: Console, kind: str) -> None:
    first, again, look, there = KINDS[kind]
    await circle.run(*first)
    assert (await circle.one(again)).error is None
    seen = await circle.one(look)
    shown = seen.text if seen.form is None else "\n".join(field.value for field in seen.form.fields)
    for words in there:
        assert words in shown


@pytest.mark.parametrize(("kind", "look", "fill", "name"), EMPTIED)
async def test_what_is_emptied_in_the_form_goes(circle: Console, kind, look: str, fill: str, name: str) -> None:
    first, again, _, _ = kind
    await circle.run(*first, again)
    assert (await circle.one(look)).form is not None
    assert (await circle.one(fill)).error is None
    again_shown = (await circle.one(look)).form
    assert again_shown is not None
    assert {field.name: field.value for field in again_shown.fields}[name] == ""


async def test_a_refused_line_opens_a_form_with_what_stands(circle: Console) -> None:
    await circle.run(*KINDS["community welcome"][0])
    form = (await circle.one('@olga /community welcome text:"Write to olga@example.org"')).form
    assert form is not None
    assert {field.name: field.value for field in form.fields}["second"] == "Salut à vous"

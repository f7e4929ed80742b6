"""Every command, every form and every button there is, in both languages: each answers, privately, in the reader's language."""

import re

import pytest

from adapters.console.screen import ScreenEntry
from bot.engine.invocation import PressedButton, SubmittedForm
from bot.features import everything
from bot.ui.reply import Reply
from tests.support.console import Console
from tests.support.present import present

# What many examples speak of, and a tip that can be reported.
FIRST = (
    "@organiser /community settings review:no",
    '@amina /tip share text:"Pay a fee first."',
    '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
    "@amina /ask sent dana",
    "@amina as organiser",
)
LISTED = [pytest.param(command.name, id=command.name.replace(" ", "-")) for command in everything().listed]
MAY = {None, "not-now", "not-found", "stale-button", "bad-value", "missing-value"}
WORDS = {"work": "I want to cook.", "when": "2026-03-20 15:00"}


def check(seen: ScreenEntry, language: str) -> None:
    assert seen.error in MAY, seen.text
    assert seen.language == language
    assert seen.visibility == "private"
    assert seen.text or seen.form or seen.files
    assert re.search(r"\{\w*\}", seen.text) is None


async def fill(circle: Console, seen: ScreenEntry, language: str) -> None:
    form = present(seen.form)
    values = {
        field.name: field.value or WORDS.get(field.name) or (field.choices[0][0] if field.choices else "3")
        for field in form.fields
    }
    check(await circle.session.ask("amina", SubmittedForm(form.token, values)), language)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", LISTED)
async def test_everything_a_member_can_reach_answers(circle: Console, name: str, language: str) -> None:
    await circle.run(*FIRST, f"@amina speaks {language}")
    seen = (await circle.run(f"@amina {everything().need(name).example}"))[0]
    if name not in {"start", "me settings"}:
        check(seen, language)
    if seen.form is not None:
        await fill(circle, seen, language)
    shown = language if name not in {"start", "me settings"} else "fr"
    for _, button in seen.buttons:
        answer = await circle.session.ask("amina", PressedButton(button.token))
        check(answer, shown)
        if answer.form is not None:
            await fill(circle, answer, shown)


@pytest.mark.parametrize("name", LISTED)
async def test_every_example_works_as_it_stands(circle: Console, name: str) -> None:
    await circle.run(*FIRST, '@amina /lead add name:"Tom Rahman" organisation:"N" why:"x"')
    seen = (await circle.run(f"@amina {everything().need(name).example}"))[0]
    alone = {"meeting undo", "meeting cancel", "buddy cheer", "buddy leave", "community report"}
    assert seen.error in ({None, "not-now"} if name in alone else {None}), seen.text
    assert isinstance(seen.reply, Reply)

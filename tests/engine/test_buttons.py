"""Buttons do what they say, for the person they were made for, and for a time; nobody else gets anything from them."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.engine.call import Stamp
from bot.engine.invocation import PressedButton, SubmittedForm, TypedLine
from bot.engine.rules import Choice
from bot.engine.tokens import Audience, Signer
from bot.features import everything
from bot.store.keyring import KeyRing
from tests.support.console import Console, button, said
from tests.support.store import NOW, RING

DANA = '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
STALE = "This button does not work any more."
SIGNER = Signer(KeyRing.parse(RING).derived("tokens"))
AMINA = Audience("console", "circle", "amina")


async def asked_button(circle: Console) -> str:
    return button(await circle.answer(TypedLine(DANA)), "I asked them").token


async def test_a_button_does_what_it_says_also_after_a_restart(circle: Console) -> None:
    token = await asked_button(circle)
    await circle.run("restart")
    opened = await circle.answer(PressedButton(token))
    assert "You asked Dana R." in said(opened)


async def test_another_members_button_is_refused_and_shows_nothing(circle: Console) -> None:
    token = await asked_button(circle)
    await circle.run("@omar /lead next")
    refused = await circle.answer(PressedButton(token), who="omar")
    assert refused.reply.error == "stale-button"
    assert "Dana" not in said(refused)
    assert "Dana R., Nordik: new" in (await circle.one("@amina /lead list")).text


async def test_the_same_person_in_another_community_is_refused(circle: Console) -> None:
    token = await asked_button(circle)
    refused = await circle.answer(PressedButton(token), community="elsewhere")
    assert (refused.reply.error, "Dana" in said(refused)) == ("stale-button", False)


@pytest.mark.parametrize("token", ["", "x", "A" * 100, "A" * 100_000, "\x00", "\ud800", "~~~~", "é" * 50])
async def test_a_made_up_button_is_refused_in_plain_words(circle: Console, token: str) -> None:
    for request in (PressedButton(token), SubmittedForm(token, {"name": "Dana"})):
        refused = await circle.answer(request)
        assert refused.reply.error == "stale-button"
        assert said(refused) == f"{STALE}\n\nType /help to see what you can do now."


async def test_a_button_changed_in_one_place_is_refused(circle: Console) -> None:
    token = await asked_button(circle)
    for at in range(0, len(token), 7):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert (await circle.answer(PressedButton(changed))).reply.error == "stale-button"


async def test_a_button_is_stale_after_its_time(circle: Console) -> None:
    token = await asked_button(circle)
    circle.clock.move(NOW + timedelta(days=30))
    assert (await circle.answer(PressedButton(token))).reply.error is None
    circle.clock.move(NOW + timedelta(days=30, minutes=1))
    assert (await circle.answer(PressedButton(token))).reply.error == "stale-button"


async def test_who_is_no_organiser_any_more_cannot_press_an_organisers_button(circle: Console) -> None:
    await circle.run("@daniel /tip share text:Breathe")
    await circle.run("@omar as organiser")
    shown = await circle.answer(TypedLine("/community tips"), who="omar", organiser=True)
    token = button(shown, "Publish").token
    refused = await circle.answer(PressedButton(token), who="omar", organiser=False)
    assert refused.reply.error == "not-allowed"
    assert said(refused) == "Only an organiser of this community can do that.\n\nAsk an organiser to do it for you."
    assert (await circle.answer(PressedButton(token), who="omar", organiser=True)).reply.error is None


async def test_a_signed_button_of_a_command_that_is_gone_or_has_fewer_values_is_stale(circle: Console) -> None:
    gone = SIGNER.sign("zzzz", (), AMINA, NOW)
    more = SIGNER.sign(everything().need("lead next").code, ("one",), AMINA, NOW)
    for token in (gone, more):
        assert (await circle.answer(PressedButton(token))).reply.error == "stale-button"


async def test_a_button_to_something_that_is_gone_says_so(circle: Console) -> None:
    token = await asked_button(circle)
    await circle.run("@amina /me forget", '@amina press "Yes, erase everything"')
    gone = await circle.answer(PressedButton(token))
    assert gone.reply.error == "not-found"
    assert "Dana" not in said(gone)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(token=st.text(max_size=110))
async def test_whatever_is_pressed_gets_an_answer(circle: Console, token: str) -> None:
    assert (await circle.answer(PressedButton(token))).reply.error == "stale-button"


def test_whatever_a_token_may_carry_it_can_carry() -> None:
    for command in everything():
        for param in command.carried:
            if isinstance(param.rule, Choice):
                for word, _ in param.rule.choices():
                    SIGNER.sign(command.code, (word,), AMINA, NOW)


def test_a_button_refuses_to_carry_what_no_token_can() -> None:
    with pytest.raises(ValueError, match="cannot carry name"):
        everything().need("lead add").token(Stamp(SIGNER, AMINA, NOW), {"name": "Dana"})

"""What the bot says unasked to one member, and what they press there."""

from datetime import timedelta

import discord
import pytest

from tests.support.simulated import Simulated, drawn, walk

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


async def reminded(server: Simulated) -> discord.Message:
    """Let Amina ask somebody, and a week pass; returns the reminder she gets."""
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    await server.type(amina, "ask sent", lead="dana")
    await server.move(server.clock.now() + timedelta(days=8))
    (letter,) = server.letters(amina)
    return letter


def words(message: discord.Message) -> str:
    return drawn([component.to_dict() for component in message.components])


async def test_a_reminder_says_why_and_from_which_server(server: Simulated):
    letter = await reminded(server)
    assert "Dana R.: no answer yet" in words(letter)
    assert "Newcomers" in words(letter)
    labels = [
        component["label"]
        for component in walk([component.to_dict() for component in letter.components])
        if component["type"] == 2
    ]
    assert labels == ["Done", "Remind me later", "Stop reminders"]


async def test_a_press_in_a_private_message_is_answered_there(server: Simulated):
    letter = await reminded(server)
    await server.restart()
    amina = server.people["Amina"]
    reply = await server.press(amina.user, letter, "Done")
    assert "Dana R." in reply.text
    assert "This button does not work any more." not in reply.text
    assert "Newcomers" in reply.text, "and what can be pressed there leads back to the server, too"
    assert (await server.type(amina, "lead list")).private


async def test_an_answer_in_a_private_message_can_be_pressed_again(server: Simulated):
    letter = await reminded(server)
    amina = server.people["Amina"]
    reply = await server.press(amina.user, letter, "Stop reminders")
    assert "This button does not work any more." not in reply.text
    for label in reply.labels:
        again = await server.press(amina.user, reply, label)
        assert again.result.modal is not None or "This button does not work any more." not in again.text


async def test_a_private_message_of_another_server_is_not_mistaken(server: Simulated):
    letter = await reminded(server)
    other = server.env.create_guild("Elsewhere")
    await server.env.settle()
    stored = server.env.backend.get_message(letter.channel.id, letter.id)
    for component in walk(stored.components):
        if component["type"] == 10:
            component["content"] = component["content"].replace(str(server.guild.id), str(other.id))
    reply = await server.press(server.people["Amina"].user, letter, "Done")
    assert "This button does not work any more." in reply.text


async def test_a_member_who_refuses_private_messages_finds_them_in_the_inbox(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    await server.type(amina, "ask sent", lead="dana")
    server.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    await server.move(server.clock.now() + timedelta(days=8))
    assert "You have 1 message." in (await server.type(amina, "lead list")).text
    inbox = await server.type(amina, "me inbox")
    assert "Dana R.: no answer yet" in inbox.text
    assert "Done" in inbox.labels


@pytest.mark.parametrize(
    ("shown", "chosen", "community", "words_of_it"),
    [
        ("fr", None, "en", "pas encore de réponse"),
        ("en-GB", None, "fr", "no answer yet"),
        ("en-US", "fr", "en", "pas encore de réponse"),
        ("fr", "en", "en", "no answer yet"),
        ("de", None, "fr", "pas encore de réponse"),
    ],
)
async def test_a_letter_is_in_the_language_in_which_its_reader_is_answered(
    server: Simulated, shown: str, chosen: str | None, community: str, words_of_it: str
):
    await server.set_up(language=community)
    amina = server.someone("Amina", language=shown)
    if chosen is not None:
        await server.type(amina, "me settings", language=chosen)
    await server.type(amina, "lead add", **DANA)
    await server.type(amina, "ask sent", lead="dana")
    await server.move(server.clock.now() + timedelta(days=8))
    (letter,) = server.letters(amina)
    assert words_of_it in words(letter)
    assert words_of_it in (await server.type(amina, "lead show", lead="dana")).text


async def test_a_letter_follows_the_language_of_the_phone(server: Simulated):
    amina = server.someone("Amina", language="en-US")
    await server.type(amina, "lead add", **DANA)
    await server.type(server.someone("Amina", language="fr"), "ask sent", lead="dana")
    await server.move(server.clock.now() + timedelta(days=8))
    (letter,) = server.letters(amina)
    assert "pas encore de réponse" in words(letter)

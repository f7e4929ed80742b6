"""What people type by mistake or on purpose: a clear private word each time, nothing lost, and nothing that pings."""

import re

import pytest

from tests.support.simulated import Simulated

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}
NASTY = {
    "everyone": "@everyone come",
    "here": "@here",
    "role": "<@&1234567>",
    "member": "<@1234567>",
    "channel": "<#1234567>",
    "heading": "# Big",
    "quiet": "-# small",
    "list": "- one",
    "numbers": "1. one",
    "quote": "> said",
    "code": "```py",
    "bold": "**bold** _it_ ~~no~~ ||spoiler||",
    "link": "[free money](https://evil.example)",
    "address": "https://evil.example/x",
    "invite": "discord.gg/abc",
    "time": "<t:0:R>",
    "command": "</me forget:123>",
    "backslash": "\\@everyone \\\\",
    "braces": "{name} {0.__class__} %s",
}


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY.keys())
async def test_words_are_shown_as_they_were_typed_and_do_nothing(server: Simulated, nasty: str):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **{**DANA, "name": nasty})
    assert f"{nasty}, Nordik is on your list." in reply.text
    alive = re.search(r"(?<!\\)" + re.escape(nasty), reply.source)
    assert alive is None or nasty == NASTY["braces"]
    sent = [request.json["data"] for request in server.env.http_requests if request.path.endswith("/callback")][-1]
    assert sent["allowed_mentions"] == {"parse": []}


async def test_a_text_that_turns_lines_around_is_made_harmless(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **{**DANA, "name": "\u202eanaD\u202c R\u200b."})
    assert "anaD R., Nordik is on your list." in reply.text


async def test_only_emoji_is_a_name(server: Simulated):
    reply = await server.type(server.someone("Amina"), "lead add", **{**DANA, "name": "👩‍👩‍👧"})
    assert "👩‍👩‍👧, Nordik is on your list." in reply.text


async def test_every_text_shows_its_limit_while_it_is_typed(server: Simulated):
    form = await server.type(server.someone("Amina"), "lead add")
    assert {name: control["max_length"] for name, control in form.asked.items()} == {
        "name": 80,
        "organisation": 80,
        "why": 300,
    }
    hints = [field["description"] for field in form.form["components"]]
    assert hints == ["At most 80 characters.", "At most 80 characters.", "At most 300 characters."]


async def test_nothing_but_spaces_is_asked_again(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "lead add", name="   ", organisation="Nordik", why="rivers")
    assert list(form.asked) == ["name", "organisation", "why"]
    refused = await server.send(amina, form, {**DANA, "name": "\u200b"})
    assert '"Name or initials": please write something.' in refused.text
    assert refused.labels == ["Change what I typed"]


async def test_somebody_elses_lead_is_as_if_it_were_not_there(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    await server.type(amina, "lead add", **DANA)
    (mine,) = await amina.autocomplete(server.general, "lead show", "lead", "dana")
    there = await server.type(omar, "lead close", lead=mine["value"])
    missing = await server.type(omar, "lead close", lead="A" * 22)
    assert there.text == missing.text
    assert "I could not find this person on your list." in there.text
    assert "Dana R., Nordik: new" in (await server.type(amina, "lead list")).text


async def test_a_secret_is_not_kept(server: Simulated):
    amina = server.someone("Amina")
    token = "MTA0NjQwNTM5NjQ3ODgyODU5" + ".Gx3kQz." + "abcdefghijklmnopqrstuvwxyz012345"
    refused = await server.type(amina, "lead add", **{**DANA, "why": f"my token is {token}"})
    assert "This looks like a secret key. I did not keep it." in refused.text


async def test_a_day_that_does_not_exist_is_asked_about(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    refused = await server.type(amina, "meeting plan", lead="dana", when="31 february 15:00")
    assert "This day does not exist" in refused.text
    again = await server.press(amina, refused, "Change what I typed")
    assert again.asked["when"]["value"] == "31 february 15:00"


async def test_a_button_that_was_never_ours_is_refused(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **DANA)
    stored = server.env.backend.get_message(server.general.id, reply.message.id)
    row = next(component for component in stored.components[0]["components"] if component["type"] == 1)
    row["components"][0]["custom_id"] = "nonsense"
    pressed = await server.press(amina, reply, row["components"][0]["label"])
    assert "This button does not work any more." in pressed.text
    assert pressed.private

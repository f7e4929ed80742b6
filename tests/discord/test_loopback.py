"""The loopback Discord refuses what Discord refuses, by the same codes; otherwise its tests would prove nothing."""

import copy
import json
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support.discord import published
from tests.support.discord.interactions import COMMAND, PRESS, SUBMIT, SUGGEST, Interaction
from tests.support.discord.server import Loopback, loopback
from tests.support.discord.world import SEND, VIEW, Overwrite

V2 = 1 << 15


class Bot:
    """A bot that says whatever a test wants."""

    def __init__(self, discord: Loopback, session: aiohttp.ClientSession) -> None:
        self.discord, self._session = discord, session
        self.guild = next(iter(discord.world.guilds.values()))
        self.channel = next(iter(self.guild.channels.values()))
        self.user = discord.world.add_user("Amina")

    async def asks(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        async with self._session.request(method, self.discord.api_url + path, json=body, headers=headers) as answer:
            return answer.status, None if answer.status == 204 else await answer.json()

    async def posts(self, body: Any) -> tuple[int, Any]:
        return await self.asks("POST", f"/channels/{self.channel.id}/messages", body)

    def opens(self, kind: int = COMMAND) -> Interaction:
        return self.discord.interactions.open(kind, self.user.id, self.channel)

    async def answers(self, interaction: Interaction, kind: int, data: Any) -> tuple[int, Any]:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        return await self.asks("POST", path, {"type": kind, "data": data})

    async def edits(self, interaction: Interaction, body: Any) -> tuple[int, Any]:
        return await self.asks(
            "PATCH", f"/webhooks/{self.discord.world.bot.id}/{interaction.token}/messages/@original", body
        )


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    async with loopback() as discord, aiohttp.ClientSession() as session:
        discord.world.add_guild("Newcomers")
        yield Bot(discord, session)


async def test_a_body_that_a_published_description_refuses_is_told(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    short = {"schema": {"properties": {"components": {"$ref": "#/components/schemas/Few"}}}}
    described = {
        "paths": {
            "/channels/{channel_id}/messages": {"post": {"requestBody": {"content": {"application/json": short}}}}
        },
        "components": {"schemas": {"Few": {"type": "array", "maxItems": 1}}},
    }
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(described), encoding="utf-8")
    monkeypatch.setattr(published, "SEEN", [published.Published(file)])
    await bot.posts(post(text("one")))
    assert bot.discord.problems == []
    await bot.posts(post(text("one"), text("two")))
    assert "POST /channels/{channel_id}/messages: components" in bot.discord.problems.pop()


def text(words: str) -> dict[str, Any]:
    return {"type": 10, "content": words}


def button(label: str = "Press", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": label, **more}


def row(*buttons: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def body(*components: Any, **more: Any) -> dict[str, Any]:
    inner = list(components) or [text("Good news.")]
    message = {"components": inner, "flags": V2, "allowed_mentions": {"parse": []}, "attachments": []}
    return {**message, **more}


def post(*components: Any, **more: Any) -> dict[str, Any]:
    return {**body(*components, **more), "nonce": "n", "enforce_nonce": True}


def box(*components: Any) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def paths(errors: Any, at: str = "") -> list[str]:
    if "_errors" in errors:
        return [at]
    return [path for key, inner in errors.items() for path in paths(inner, f"{at}.{key}".strip("."))]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (post(text("x" * 4001)), "components.0.content"),
        (post(text("")), "components.0.content"),
        (post(text("x" * 3000), text("x" * 1001)), "components"),
        (post(box(*[text("x")] * 40)), "components"),
        (post(box(row(button("x" * 81)))), "components.0.components.0.components.0.label"),
        (post(row(button(custom_id="x" * 101))), "components.0.components.0.custom_id"),
        (post(row(button(custom_id=""))), "components.0.components.0.custom_id"),
        (post(row(button(), button())), "components.0.components.1.custom_id"),
        (post(row(*[button(str(n)) for n in range(6)])), "components.0.components"),
        (post(row(button(style=5))), "components.0.components.0"),
        (post(row(button(url="https://example.org"))), "components.0.components.0"),
        (post(row(button(emoji={"name": "x"}))), "components.0.components.0.emoji"),
        (post({"type": 99}), "components.0"),
        (post(box(box(text("x")))), "components.0.components.0"),
        (post(flags=0), "flags"),
        (post(flags=V2 | 4), "flags"),
        (post(content="x"), "content"),
        (post(allowed_mentions={"parse": ["everyone"]}), "allowed_mentions.parse"),
        (post(attachments=[{"id": "0", "filename": "chart.png"}]), "attachments"),
        (post(attachments=[{"id": 0, "filename": "chart.png"}]), "attachments.0.id"),
        (post(nonce="x" * 26) | {"nonce": "x" * 26}, "nonce"),
        ({key: value for key, value in post().items() if key != "enforce_nonce"}, "enforce_nonce"),
    ],
)
async def test_a_message_against_a_limit_is_refused_with_the_path(bot: Bot, wrong: Any, path: str):
    status, answer = await bot.posts(wrong)
    assert (status, answer["code"]) == (400, 50035)
    assert path in paths(answer["errors"])
    assert bot.channel.messages == []
    assert len(bot.discord.problems) == 1
    bot.discord.problems.clear()


MODAL = {"custom_id": "form", "title": "A form"}
FIELD = {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}}
OPTIONS = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]


def form(*fields: Any, **more: Any) -> dict[str, Any]:
    return {**MODAL, "components": list(fields) or [FIELD], **more}


def field(**control: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Name", "component": control}


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (form(title="x" * 46), "data.title"),
        (form(*[field(type=4, custom_id=str(n), style=1) for n in range(6)]), "data.components"),
        (form(FIELD, FIELD), "data.components.1.component.custom_id"),
        (form({**FIELD, "label": "x" * 46}), "data.components.0.label"),
        (form({**FIELD, "description": "x" * 101}), "data.components.0.description"),
        (form(field(type=4, custom_id="x", style=1, value="x" * 4001)), "data.components.0.component.value"),
        (form(field(type=4, custom_id="x", style=1, value="xx", max_length=1)), "data.components.0.component.value"),
        (form(field(type=3, custom_id="x", options=[OPTIONS[0]] * 26)), "data.components.0.component.options"),
        (form(field(type=3, custom_id="x", options=[OPTIONS[0]] * 2)), "data.components.0.component.options"),
        (form(field(type=21, custom_id="x", options=OPTIONS[:1])), "data.components.0.component.options"),
        (
            form(field(type=21, custom_id="x", options=[{**option, "default": True} for option in OPTIONS])),
            "data.components.0.component.options",
        ),
        (form(field(type=3, custom_id="x", options=OPTIONS, min_values=0)), "data.components.0.component.min_values"),
    ],
)
async def test_a_form_against_a_limit_is_refused_with_the_path(bot: Bot, wrong: Any, path: str):
    status, answer = await bot.answers(bot.opens(), 9, wrong)
    assert (status, answer["code"]) == (400, 50035)
    assert path in paths(answer["errors"])
    bot.discord.problems.clear()


@pytest.mark.parametrize(("kind", "answer"), [(SUBMIT, 9), (SUGGEST, 9), (SUGGEST, 5), (COMMAND, 8), (PRESS, 7)])
async def test_an_answer_that_does_not_fit_is_refused(bot: Bot, kind: int, answer: int):
    data = {9: form(), 8: {"choices": []}, 5: {"flags": 64}, 7: body()}[answer]
    status, refusal = await bot.answers(bot.opens(kind), answer, data)
    assert (status, refusal["code"]) == (400, 50035)
    bot.discord.problems.clear()


async def test_more_than_25_suggestions_are_refused(bot: Bot):
    choices = [{"name": str(n), "value": str(n)} for n in range(26)]
    assert (await bot.answers(bot.opens(SUGGEST), 8, {"choices": choices}))[0] == 400
    bot.discord.problems.clear()


async def test_the_first_answer_is_taken_once_and_for_three_seconds(bot: Bot):
    interaction, late = bot.opens(), bot.opens()
    assert (await bot.answers(interaction, 5, {"flags": 64})) == (204, None), (
        "nothing comes back that was not wished for"
    )
    status, answer = await bot.answers(interaction, 5, {"flags": 64})
    assert (status, answer["code"]) == (400, 40060)
    bot.discord.passes(timedelta(seconds=3, milliseconds=1))
    status, answer = await bot.answers(late, 5, {"flags": 64})
    assert (status, answer["code"]) == (404, 10062)
    assert (await bot.edits(interaction, body()))[0] == 200


async def test_edits_are_taken_after_the_first_answer_and_for_a_quarter_of_an_hour(bot: Bot):
    interaction = bot.opens()
    assert (await bot.edits(interaction, body()))[1]["code"] == 10008
    await bot.answers(interaction, 5, {"flags": 64})
    assert (await bot.edits(interaction, body()))[0] == 200
    bot.discord.passes(timedelta(minutes=15, seconds=1))
    assert (await bot.edits(interaction, body()))[1]["code"] == 50027


async def test_a_nonce_is_known_for_some_minutes(bot: Bot):
    first, again = [(await bot.posts(post()))[1]["id"] for _ in range(2)]
    assert first == again
    bot.discord.passes(timedelta(minutes=6))
    assert (await bot.posts(post()))[1]["id"] != first
    assert len(bot.channel.messages) == 2


@pytest.mark.parametrize(("denied", "status", "code"), [(VIEW, 403, 50001), (SEND, 403, 50013)])
async def test_permissions_count(bot: Bot, denied: int, status: int, code: int):
    bot.channel.overwrites = [Overwrite(bot.guild.id, 0, deny=denied)]
    assert (await bot.posts(post()))[0] == status
    assert (await bot.posts(post()))[1]["code"] == code
    bot.channel.overwrites.append(Overwrite(bot.discord.world.bot.id, 1, allow=denied))
    assert (await bot.posts(post()))[0] == 200


async def test_what_is_not_there_is_not_there(bot: Bot):
    assert (await bot.asks("POST", "/channels/123/messages", post()))[1]["code"] == 10003
    assert (await bot.asks("GET", "/guilds/123/members/1"))[1]["code"] == 10004
    assert (await bot.asks("GET", f"/guilds/{bot.guild.id}/members/1"))[1]["code"] == 10007
    assert (await bot.asks("GET", "/users/@me", token="wrong"))[0] == 401
    assert bot.discord.problems == []
    assert (await bot.asks("DELETE", f"/channels/{bot.channel.id}"))[0] == 404
    assert bot.discord.problems == [f"no such route: DELETE /api/v10/channels/{bot.channel.id}"]
    bot.discord.problems.clear()


async def test_a_closed_private_channel_refuses(bot: Bot):
    _, channel = await bot.asks("POST", "/users/@me/channels", {"recipient_id": bot.user.id})
    assert (await bot.asks("POST", f"/channels/{channel['id']}/messages", post()))[0] == 200
    bot.user.letters = False
    assert (await bot.asks("POST", f"/channels/{channel['id']}/messages", post()))[1]["code"] == 50007


OPTION = {"type": 3, "name": "who", "description": "Who it is"}
COMMAND_BODY = {"type": 1, "name": "lead", "description": "People", "contexts": [0], "integration_types": [0]}


def command(*options: Any, **more: Any) -> dict[str, Any]:
    return {**COMMAND_BODY, "options": list(options), **more}


def sub(name: str, *options: Any) -> dict[str, Any]:
    return {"type": 1, "name": name, "description": "Add", "options": list(options)}


CHOICES = [{"name": "One", "value": "1"}]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (command(description="x" * 101), "0.description"),
        (command(name="Lead"), "0.name"),
        (command(name="a b"), "0.name"),
        (command(description_localizations={"fr": "x" * 101}), "0.description_localizations.fr"),
        (command(description_localizations={"qq": "x"}), "0.description_localizations.qq"),
        (command(OPTION, OPTION), "0.options"),
        (command(OPTION, {**OPTION, "name": "why", "required": True}), "0.options"),
        (command(sub("add"), OPTION), "0.options"),
        (command({**OPTION, "choices": CHOICES, "autocomplete": True}), "0.options.0"),
        (command({**OPTION, "choices": CHOICES * 2}), "0.options.0.choices"),
        (command({**OPTION, "choices": CHOICES * 26}), "0.options.0.choices"),
        (command(*[{**OPTION, "name": f"n{n}"} for n in range(26)]), "0.options"),
        (command({"type": 2, "name": "g", "description": "x", "options": [{**sub("g"), "type": 2}]}), "0.options.0.options.0.type"),
        (command(default_member_permissions="32"), "0.default_member_permissions"),
        (command(*[sub(f"s{n}", *[{**OPTION, "name": f"o{m}", "description": "x" * 90} for m in range(10)]) for n in range(9)]), "0"),
    ],
)  # fmt: skip
async def test_a_command_against_a_limit_is_refused_with_the_path(bot: Bot, wrong: Any, path: str):
    route = f"/applications/{bot.discord.world.bot.id}/commands"
    status, answer = await bot.asks("PUT", route, [wrong])
    assert (status, answer["code"]) == (400, 50035)
    assert path in paths(answer["errors"])
    bot.discord.problems.clear()
    right = copy.deepcopy(command(sub("add", {**OPTION, "required": True}, {**OPTION, "name": "why"})))
    assert (await bot.asks("PUT", route, [right]))[0] == 200


async def test_whoever_does_not_look_at_the_problems_is_told():
    with pytest.raises(AssertionError, match="no such route"):
        async with loopback() as discord, aiohttp.ClientSession() as session:
            await session.get(f"{discord.api_url}/nowhere")

"""The private parts of discord.py that the bot uses, all in this file: raw payloads, and other base URLs.

Everything else of the adapter speaks plain dictionaries, so that nothing of a View, Modal or CommandTree is kept in
memory. `self_check` fails at start if discord.py has changed.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, MultipartParameters, Route
from discord.state import ConnectionState
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from adapters.discord.render import Attached, Component, Rendered
from adapters.waits import heard

PRIVATE, COMPONENTS_V2 = 1 << 6, 1 << 15
NOBODY: dict[str, list[str]] = {"parse": []}
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
FILE_HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
TESTED = "2.7.1"
THEIR_FAULT = 500
"""From this status on, Discord itself is in trouble, and the same may work later."""


class WrongLibrary(RuntimeError):
    """The installed discord.py lacks something this file needs."""


def self_check() -> None:
    """Check that discord.py has the private names that this file uses.

    Raises:
        WrongLibrary: the installed discord.py is not like the one this was written for.
    """
    needed = (
        hasattr(Route, "BASE"),
        hasattr(DiscordWebSocket, "DEFAULT_GATEWAY"),
        hasattr(AsyncWebhookAdapter, "request"),
        hasattr(AsyncWebhookAdapter, "edit_original_interaction_response"),
        hasattr(AsyncWebhookAdapter, "execute_webhook"),
        hasattr(HTTPClient, "bulk_upsert_global_commands"),
        hasattr(HTTPClient, "get_from_cdn"),
        hasattr(discord.AutoShardedClient, "launch_shard"),
        hasattr(ConnectionState, "parse_guild_delete"),
    )
    if not all(needed):
        raise WrongLibrary(f"discord.py {discord.__version__} differs from {TESTED}; see adapters/discord/api.py")


class NoLoginsLeft(Exception):
    """Discord allows no more logins today; `seconds` until it does again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def point_at(api_url: str, gateway_url: str) -> None:
    """Set the base URLs of the REST API and the gateway."""
    # The bot never speaks, so nobody needs to hear that it could not.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    Route.BASE = api_url
    # An address of the library's own kind.
    DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway_url)


def keeps_files(url: str) -> bool:
    """Tell whether an address is where Discord keeps what people attach, or the test server's."""
    wanted, ours = urlsplit(url), urlsplit(Route.BASE)
    if wanted.scheme == "https" and wanted.netloc in FILE_HOSTS:
        return True
    test_server = ours.hostname != "discord.com"
    return test_server and (wanted.scheme, wanted.netloc) == (ours.scheme, ours.netloc)


def body_of(message: Rendered) -> dict[str, Any]:
    """Write the JSON body of a message; it pings nobody."""
    return {
        "components": message.components,
        "flags": COMPONENTS_V2,
        "allowed_mentions": NOBODY,
        "attachments": [
            {
                "id": str(number),
                "filename": file.name,
                **({"description": file.description} if file.description else {}),
            }
            for number, file in enumerate(message.files)
        ],
    }


def _packed(body: dict[str, Any], files: Sequence[Attached]) -> MultipartParameters:
    """Encode a body with its files as multipart, or as plain JSON without files."""
    if not files:
        return MultipartParameters(payload=body, multipart=None, files=None)
    attachments = [discord.File(io.BytesIO(file.content), filename=file.name) for file in files]
    fields: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body)}]
    fields += [
        {
            "name": f"files[{number}]",
            "value": file.fp,
            "filename": file.filename,
            "content_type": "application/octet-stream",
        }
        for number, file in enumerate(attachments)
    ]
    return MultipartParameters(payload=None, multipart=fields, files=attachments)


async def respond(
    to: discord.Interaction[Any], kind: int, data: dict[str, Any], files: Sequence[Attached] = ()
) -> None:
    """Give the first answer to an interaction.

    Raises:
        discord.HTTPException: Discord did not take it.
    """
    body = {"type": kind, "data": data}
    http = to.client.http
    # The library's own call asks Discord to send the whole message back, and nobody reads that.
    route = Route(
        "POST", "/interactions/{webhook_id}/{webhook_token}/callback", webhook_id=to.id, webhook_token=to.token
    )
    with _packed(body, files) as packed:
        await async_context.get().request(
            route,
            session=to.client.answers,
            proxy=http.proxy,
            proxy_auth=http.proxy_auth,
            payload=packed.payload,
            multipart=packed.multipart,
            files=packed.files,
        )
    heard()


async def edit(to: discord.Interaction[Any], message: Rendered) -> None:
    """Edit the first answer to an interaction; idempotent.

    Raises:
        discord.HTTPException: Discord did not take it.
    """
    http = to.client.http
    with _packed(body_of(message), message.files) as packed:
        await async_context.get().edit_original_interaction_response(
            to.application_id,
            to.token,
            session=to.client.answers,
            proxy=http.proxy,
            proxy_auth=http.proxy_auth,
            payload=packed.payload,
            multipart=packed.multipart,
            files=packed.files,
        )


async def follow(to: discord.Interaction[Any], message: Rendered, flags: int) -> None:
    """Give one more message to an interaction; where "thinking" stands still, Discord puts it there.

    Raises:
        discord.HTTPException: Discord did not take it.
    """
    http, body = to.client.http, body_of(message)
    with _packed({**body, "flags": body["flags"] | flags}, message.files) as packed:
        await async_context.get().execute_webhook(
            to.application_id,
            to.token,
            session=to.client.answers,
            proxy=http.proxy,
            proxy_auth=http.proxy_auth,
            payload=packed.payload,
            multipart=packed.multipart,
            files=packed.files,
        )


async def post(http: HTTPClient, channel: int, message: Rendered, nonce: str) -> dict[str, Any]:
    """Post a message; Discord gives the earlier one when the nonce comes again within some minutes.

    Raises:
        discord.HTTPException: Discord did not take it.
    """
    body = {**body_of(message), "nonce": nonce, "enforce_nonce": True}
    with _packed(body, message.files) as packed:
        return dict(await http.send_message(channel, params=packed))


async def history(http: HTTPClient, channel: int, most: int, before: int | None) -> list[dict[str, Any]]:
    """Read the newest messages of a channel, or those before one.

    Raises:
        discord.HTTPException: Discord did not give them.
    """
    return [dict(message) for message in await http.logs_from(channel, most, before=before)]


async def delete(http: HTTPClient, channel: int, message: int) -> None:
    """Delete a message of our own.

    Raises:
        discord.HTTPException: Discord did not delete it.
    """
    await http.delete_message(channel, message)


async def private_channel(http: HTTPClient, user: int) -> int:
    """Open the private channel with a person.

    Raises:
        discord.HTTPException: Discord did not open it.
    """
    return int((await http.start_private_message(str(user)))["id"])


async def put_commands(http: HTTPClient, application: int, payloads: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Replace the commands of the bot; returns the id of each by its name.

    Raises:
        discord.HTTPException: Discord did not take them.
    """
    commands: Any = await http.bulk_upsert_global_commands(application, payload=list(payloads))
    return {command["name"]: str(command["id"]) for command in commands}


@dataclass(frozen=True, slots=True)
class Advice:
    """How Discord wants to be connected to: in how many shards, and how many of them may log in at once."""

    shards: int
    at_once: int


async def advice(http: HTTPClient, spare: int) -> Advice:
    """Ask how many shards the bot needs, and whether their logins are still allowed today.

    Raises:
        NoLoginsLeft: too few are; Discord resets the token of a bot that uses them all.
    """
    shards, _, limits = await http.get_bot_gateway()
    if limits["remaining"] < shards + spare:
        raise NoLoginsLeft(limits["reset_after"] / 1000)
    return Advice(shards, max(1, limits["max_concurrency"]))


async def launch(client: discord.AutoShardedClient, shard: int) -> None:
    """Connect to one shard; the library goes on with it by itself."""
    await client.launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, shard)


async def who_am_i(http: HTTPClient) -> None:
    """Ask Discord whose token it is.

    Raises:
        discord.HTTPException: Discord does not take it, or has trouble of its own.
    """
    await http.request(Route("GET", "/users/@me"))


def components_of(message: discord.Message | None) -> list[Component]:
    """Give the components of the message an interaction came from, as they were sent: without Discord's numbers."""
    if message is None:
        return []
    return [_as_sent(dict(component.to_dict())) for component in message.components]


def _as_sent(component: Component) -> Component:
    inner: list[Component] = component.get("components", [])
    return {
        **{name: value for name, value in component.items() if name not in {"id", "components"}},
        **({"components": [_as_sent(component) for component in inner]} if inner else {}),
    }

"""The bot's routes: who it is, its commands, channels and their messages, servers and their members."""

from datetime import datetime, timedelta
from typing import Any

from tests.support.discord import checking
from tests.support.discord.gateway import Gateway
from tests.support.discord.rules import Json
from tests.support.discord.wire import ApiError, Asked
from tests.support.discord.world import ATTACH, DIRECT, HISTORY, SEND, VIEW, Channel, Guild, Message, World

NONCE_FOR = timedelta(minutes=5)
"""How long a nonce is known; Discord's page says "the past few minutes"."""


class Api:
    """Discord's side of the routes that need the bot's token."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world, self._gateway = world, gateway
        self.commands: list[Json] = []
        self.checked = True
        self.page: Json = {}
        """What somebody changed on Discord's page of the bot, such as {"flags": 1 << 19}."""
        self.nonce_for = NONCE_FOR
        self._nonces: dict[tuple[str, str], tuple[datetime, Message]] = {}
        self.routes = {
            "GET /users/@me": self._me,
            "GET /oauth2/applications/@me": self._application,
            "GET /applications/@me": self._application,
            "GET /users/@me/guilds": self._guilds,
            "GET /gateway/bot": self._gateway_bot,
            "GET /applications/{application}/commands": self._get_commands,
            "PUT /applications/{application}/commands": self._put_commands,
            "POST /users/@me/channels": self._private_channel,
            "GET /channels/{channel}": self._get_channel,
            "GET /channels/{channel}/messages": self._history,
            "POST /channels/{channel}/messages": self._post,
            "DELETE /channels/{channel}/messages/{message}": self._delete,
            "GET /guilds/{guild}": self._get_guild,
            "GET /guilds/{guild}/members/{user}": self._get_member,
        }

    def _me(self, _: Asked) -> Json:
        return self._world.bot.as_json()

    def _application(self, _: Asked) -> Json:
        application = {
            "id": self._world.bot.id,
            "name": self._world.bot.name,
            "icon": None,
            "description": "",
            "flags": 0,
        }
        application |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "summary": ""}
        return {
            **application,
            "owner": self._world.bot.as_json(),
            "team": None,
            "interactions_endpoint_url": None,
        } | self.page

    def _guilds(self, _: Asked) -> list[Json]:
        return [
            {"id": guild.id, "name": guild.name, "icon": None, "owner": False, "permissions": "0", "features": []}
            for guild in self._world.guilds.values()
        ]

    def _gateway_bot(self, _: Asked) -> Json:
        limit = {
            "total": 1000,
            "remaining": self._gateway.logins_left,
            "reset_after": self._gateway.logins_again * 1000,
        }
        limit["max_concurrency"] = self._gateway.concurrency
        return {"url": self._gateway.url, "shards": self._gateway.shards, "session_start_limit": limit}

    def _own(self, asked: Asked) -> None:
        if asked.path["application"] != self._world.bot.id:
            raise ApiError(404, 10002, "Unknown Application")

    def _get_commands(self, asked: Asked) -> list[Json]:
        self._own(asked)
        return self.commands

    def _put_commands(self, asked: Asked) -> list[Json]:
        self._own(asked)
        if self.checked:
            checking.commands(asked.body)
        ids = {command["name"]: command["id"] for command in self.commands}
        common = {"application_id": self._world.bot.id, "version": self._world.new_id()}
        self.commands = [
            {**command, "id": ids.get(command["name"]) or self._world.new_id(), **common} for command in asked.body
        ]
        return self.commands

    def _private_channel(self, asked: Asked) -> Json:
        body: Any = (
            asked.body if not self.checked else {"recipient_id": str((asked.body or {}).get("recipient_id", ""))}
        )
        checking.private_channel(body)
        user = self._world.users.get(body["recipient_id"])
        if user is None:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        channel = self._world.private(user.id)
        return {"id": channel.id, "type": DIRECT, "last_message_id": None, "recipients": [user.as_json()]}

    def _place(self, channel: str, needs: int = VIEW) -> tuple[Guild | None, Channel]:
        """Find a channel the bot may use for something."""
        channel_with_guild = self._world.place(channel)
        if channel_with_guild is None:
            raise ApiError(404, 10003, "Unknown Channel")
        guild, place = channel_with_guild
        allowed = guild.allowed(self._world.bot.id, place) if guild is not None else ~0
        if not allowed & VIEW:
            raise ApiError(403, 50001, "Missing Access")
        if needs & ~allowed:
            raise ApiError(403, 50013, "Missing Permissions")
        return guild, place

    def _get_channel(self, asked: Asked) -> Json:
        guild, channel = self._place(asked.path["channel"])
        return channel.as_json(guild.id if guild is not None else None)

    def _history(self, asked: Asked) -> list[Json]:
        guild, channel = self._place(asked.path["channel"])
        if guild is not None and not guild.allowed(self._world.bot.id, channel) & HISTORY:
            return []
        before = int(asked.query.get("before") or 1 << 63)
        most = int(asked.query.get("limit") or 50)
        if not 1 <= most <= 100:
            raise ApiError(400, 50035, f"limit {most}")
        seen = [message for message in reversed(channel.messages) if message.only is None and int(message.id) < before]
        return [message.as_json() for message in seen[:most]]

    def _post(self, asked: Asked) -> Json:
        guild, channel = self._place(asked.path["channel"], SEND | (ATTACH if asked.files else 0))
        if guild is None:
            (user,) = [user for user, place in self._world.direct.items() if place is channel]
            if not self._world.users[user].letters:
                raise ApiError(403, 50007, "Cannot send messages to this user")
        if self.checked:
            checking.post(asked.body, asked.file_names)
        key = channel.id, asked.body["nonce"]
        now = self._world.clock.now()
        at, earlier = self._nonces.get(key, (now, None))
        if earlier is not None and now - at <= self.nonce_for:
            return earlier.as_json()
        message = self._world.add(channel, asked.body, asked.files)
        self._nonces[key] = now, message
        return {**message.as_json(), "nonce": asked.body["nonce"]}

    def _delete(self, asked: Asked) -> None:
        _, channel = self._place(asked.path["channel"])
        message = next((sent for sent in channel.messages if sent.id == asked.path["message"]), None)
        if message is None:
            raise ApiError(404, 10008, "Unknown Message")
        if message.author["id"] != self._world.bot.id:
            raise ApiError(403, 50003, "Cannot execute action on this channel type")
        channel.messages.remove(message)

    def _guild(self, asked: Asked) -> Guild:
        guild = self._world.guilds.get(asked.path["guild"])
        if guild is None:
            raise ApiError(404, 10004, "Unknown Guild")
        return guild

    def _get_guild(self, asked: Asked) -> Json:
        return self._guild(asked).as_json(self._world.bot.id)

    def _get_member(self, asked: Asked) -> Json:
        guild = self._guild(asked)
        if asked.path["user"] not in guild.members:
            raise ApiError(404, 10007, "Unknown Member")
        return guild.member(asked.path["user"])

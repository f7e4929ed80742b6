"""What is on the loopback Discord: people, servers, channels, messages, and who may do what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.engine.clock import Clock
from tests.support.discord.rules import Json

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
VIEW, SEND, MANAGE_SERVER = 1 << 10, 1 << 11, 1 << 5
ATTACH, HISTORY, ADMINISTRATOR = 1 << 15, 1 << 16, 1 << 3
EVERYONE = VIEW | SEND | ATTACH | HISTORY
TEXT, DIRECT = 0, 1
EPHEMERAL = 1 << 6


@dataclass
class Overwrite:
    """What a channel takes from, or gives to, a role or a person."""

    target: str
    kind: int
    allow: int = 0
    deny: int = 0

    def as_json(self) -> Json:
        """Write it as Discord does."""
        return {"id": self.target, "type": self.kind, "allow": str(self.allow), "deny": str(self.deny)}


@dataclass
class Message:
    """A message; one with `only` is seen by that person alone."""

    id: str
    channel: str
    body: Json
    author: Json
    at: datetime
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    only: str | None = None
    edits: int = 0

    def as_json(self) -> Json:
        """Write it as Discord does."""
        return {
            "id": self.id,
            "channel_id": self.channel,
            "author": self.author,
            "content": "",
            "timestamp": self.at.isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": self.attachments,
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": self.body.get("flags", 0) | (EPHEMERAL if self.only else 0),
            "components": self.body.get("components", []),
        }


@dataclass
class Channel:
    """A channel of a server, or a private one with one person."""

    id: str
    name: str
    kind: int = TEXT
    overwrites: list[Overwrite] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def as_json(self, guild: str | None) -> Json:
        """Write it as Discord does."""
        channel = {"id": self.id, "type": self.kind, "name": self.name, "position": 0, "topic": None, "nsfw": False}
        return {
            **channel,
            "guild_id": guild,
            "permission_overwrites": [overwrite.as_json() for overwrite in self.overwrites],
        }


@dataclass
class User:
    """Somebody, or the bot."""

    id: str
    name: str
    bot: bool = False
    letters: bool = True
    """Whether they take private messages of the bot."""

    def as_json(self) -> Json:
        """Write them as Discord does."""
        user = {"id": self.id, "username": self.name.lower(), "discriminator": "0", "global_name": self.name}
        return {**user, "avatar": None, "bot": self.bot}


@dataclass
class Guild:
    """A server with the bot on it."""

    id: str
    name: str
    owner: str
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[str, tuple[User, list[str]]] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    organisers: str = ""
    """The role of those who may manage the server."""

    def member(self, user: str, *, permissions: int | None = None) -> Json:
        """Write a member as Discord does; with their permissions where an interaction tells them."""
        who, roles = self.members[user]
        member = {"user": who.as_json(), "roles": roles, "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
        member |= {"deaf": False, "mute": False, "avatar": None, "nick": None}
        return member if permissions is None else {**member, "permissions": str(permissions)}

    def allowed(self, user: str, channel: Channel | None = None) -> int:
        """Tell what somebody may do, in the order in which Discord counts it."""
        roles = [self.id, *self.members[user][1]]
        allowed = 0
        for role in roles:
            allowed |= self.roles[role]
        if user == self.owner or allowed & ADMINISTRATOR:
            return (1 << 50) - 1
        for overwrite in _in_order(channel.overwrites if channel else [], self.id, roles, user):
            allowed = allowed & ~overwrite.deny | overwrite.allow
        return allowed if channel is None or allowed & VIEW else 0

    def as_json(self, bot: str) -> Json:
        """Write it as GUILD_CREATE tells it to the bot."""
        roles = [_role(role, "@everyone" if role == self.id else role, bits) for role, bits in self.roles.items()]
        seen = [channel.as_json(self.id) for channel in self.channels.values() if self.allowed(bot, channel) & VIEW]
        empty = ("emojis", "features", "threads", "voice_states", "presences", "stickers")
        empty += ("stage_instances", "guild_scheduled_events", "soundboard_sounds")
        none = ("premium_tier", "verification_level", "default_message_notifications", "nsfw_level")
        none += ("explicit_content_filter", "mfa_level", "system_channel_flags")
        guild: Json = {**{name: [] for name in empty}, **dict.fromkeys(none, 0)}
        guild |= {"id": self.id, "name": self.name, "owner_id": self.owner, "roles": roles, "channels": seen}
        guild |= {
            "members": [self.member(bot)],
            "member_count": len(self.members),
            "large": False,
            "unavailable": False,
        }
        guild |= {"joined_at": "2026-01-01T00:00:00+00:00", "preferred_locale": "en-US", "afk_timeout": 300}
        guild |= {
            "afk_channel_id": None,
            "system_channel_id": None,
            "icon": None,
            "premium_progress_bar_enabled": False,
        }
        return guild


def _in_order(overwrites: list[Overwrite], everyone: str, roles: list[str], user: str) -> Iterator[Overwrite]:
    yield from (overwrite for overwrite in overwrites if overwrite.target == everyone)
    yield from (overwrite for overwrite in overwrites if overwrite.target in roles and overwrite.target != everyone)
    yield from (overwrite for overwrite in overwrites if overwrite.target == user)


def _role(role: str, name: str, bits: int) -> Json:
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    payload = {"id": role, "name": name, "color": 0, "colors": colours, "hoist": False, "position": 0, "flags": 0}
    return {**payload, "permissions": str(bits), "managed": False, "mentionable": False}


class World:
    """Everything there is; the bot sees it through the gateway and the API."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._numbers = count(1)
        self.bot = User(self.new_id(), "Hello Circle", bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, Guild] = {}
        self.direct: dict[str, Channel] = {}
        """Private channels by the person they are with."""
        self.gone: set[str] = set()
        """Channels that were deleted."""

    def new_id(self) -> str:
        """Make an id as Discord does, from the time and a number."""
        milliseconds = int((self.clock.now() - DISCORD_EPOCH).total_seconds() * 1000)
        return str((milliseconds << 22) + next(self._numbers))

    def add_user(self, name: str) -> User:
        """Add a person."""
        user = User(self.new_id(), name)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, id_: str | None = None) -> Guild:
        """Add a server with the bot on it, and two channels."""
        owner = self.add_user(f"Owner of {name}")
        guild = Guild(id_ or self.new_id(), name, owner.id)
        guild.roles[guild.id] = EVERYONE
        guild.organisers = self.new_id()
        guild.roles[guild.organisers] = EVERYONE | MANAGE_SERVER
        for user in (owner, self.bot):
            guild.members[user.id] = (user, [])
        for channel in ("general", "digest"):
            created = Channel(self.new_id(), channel)
            guild.channels[created.id] = created
        self.guilds[guild.id] = guild
        return guild

    def place(self, channel: str) -> tuple[Guild | None, Channel] | None:
        """Find a channel with its server; a private one has none."""
        for guild in self.guilds.values():
            if channel in guild.channels:
                return guild, guild.channels[channel]
        return next(((None, place) for place in self.direct.values() if place.id == channel), None)

    def private(self, user: str) -> Channel:
        """Open the private channel with somebody, or find it."""
        return self.direct.setdefault(user, Channel(self.new_id(), "", DIRECT))

    def add(
        self, channel: Channel, body: Json, files: dict[str, tuple[str, bytes]], only: str | None = None
    ) -> Message:
        """Put a message of the bot into a channel."""
        message = Message(self.new_id(), channel.id, {}, self.bot.as_json(), self.clock.now(), only=only)
        self.write(message, body, files)
        channel.messages.append(message)
        return message

    def write(self, message: Message, body: Json, files: dict[str, tuple[str, bytes]]) -> None:
        """Give a message its content, and the files that came with it an address."""
        named = {attachment["id"]: attachment for attachment in body.get("attachments") or ()}
        message.body = body
        message.files = dict(files.values())
        message.attachments = [
            {
                **named.get(number, {}),
                "id": self.new_id(),
                "filename": name,
                "size": len(content),
                "url": f"https://cdn.discordapp.com/{name}",
                "proxy_url": f"https://media.discordapp.net/{name}",
            }
            for number, (name, content) in files.items()
        ]

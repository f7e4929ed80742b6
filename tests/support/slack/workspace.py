"""What a workspace holds: people, channels, messages, open views. No sockets here, and no rules of the Web API."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.engine.clock import Clock, ManualClock

TEAM = "T0CIRCLE"
BOT_USER = "U0BOT"
BOT = "B0BOT"
APP = "A0APP"
TRIGGER_LIVES = timedelta(seconds=3)
URL_LIVES = timedelta(minutes=30)
URL_USES = 5


@dataclass
class User:
    id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "America/Toronto"
    admin: bool = False
    owner: bool = False
    deleted: bool = False
    team: str = ""
    """Their workspace, if it is another one that shares a channel."""
    organisation: str = ""


@dataclass
class Channel:
    id: str
    name: str
    members: set[str] = field(default_factory=set)
    private: bool = False
    archived: bool = False
    direct: str | None = None
    """The person of a direct conversation with the bot."""


@dataclass
class Message:
    ts: str
    channel: str
    author: str
    payload: dict[str, Any]
    via: str
    """The method or road by which it came: `chat.postMessage`, `response_url`, `ack`, `person`."""
    only_for: str | None = None
    """The one person who sees it, when it is ephemeral."""
    files: list["File"] = field(default_factory=list)
    edits: int = 0

    @property
    def metadata(self) -> dict[str, Any] | None:
        return self.payload.get("metadata")


@dataclass
class File:
    id: str
    name: str
    length: int
    alt_text: str
    content: bytes | None = None
    title: str = ""
    complete: bool = False


@dataclass
class View:
    id: str
    user: str
    payload: dict[str, Any]
    hash: str
    root: str
    previous: str | None = None
    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What the person put into the fields, by block and action."""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Trigger:
    user: str
    issued: float
    view: str | None = None
    used: bool = False


@dataclass
class Hook:
    """A response_url."""

    user: str
    channel: str
    issued: float
    message: str | None = None
    uses: int = 0


class Workspace:
    """The state of one workspace in which the app is installed."""

    def __init__(self, clock: Clock, team: str = TEAM, organisation: str | None = None, first: int = 1) -> None:
        self.clock = clock
        self.team = team
        self.organisation = organisation
        """The organisation in which the app is installed for all of its workspaces, this one among them."""
        self.users: dict[str, User] = {BOT_USER: User(BOT_USER, "circle", "Hello Circle")}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.files: dict[str, File] = {}
        self.files_at = ""
        self._last = 0
        self._numbers = itertools.count(first)

    def now(self) -> float:
        return self.clock.now().timestamp()

    def move(self, **by: float) -> None:
        """Move the clock, as `timedelta` takes it: `move(seconds=3)`."""
        if not isinstance(self.clock, ManualClock):
            raise TypeError("this Slack goes by a clock that cannot be moved")
        self.clock.move(self.clock.now() + timedelta(**by))

    def number(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):09d}"

    def ts(self) -> str:
        """Name a message by its time; no two are the same."""
        self._last = max(self._last + 1, round(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add_user(self, name: str, **about: Any) -> User:
        user = User(f"U0{name.upper()}", name, about.pop("real_name", name.capitalize()), **about)
        if user.id in self.users:
            raise ValueError(f"there is somebody named {name} already")
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        channel = Channel(self.number("G" if private else "C"), name, private=private)
        if bot:
            channel.members.add(BOT_USER)
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: str) -> Channel:
        """Find or open the direct conversation of a person with the bot."""
        for channel in self.channels.values():
            if channel.direct == user:
                return channel
        channel = Channel(self.number("D"), "directmessage", {user, BOT_USER}, private=True, direct=user)
        self.channels[channel.id] = channel
        return channel

    def channel_named(self, name: str) -> Channel:
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if wanted in {channel.name, channel.id}:
                return channel
        raise LookupError(f"no channel {name}; there are {[channel.name for channel in self.channels.values()]}")

    def name_of(self, id_: str) -> str:
        holder = self.users.get(id_) or self.channels.get(id_)
        return holder.name if holder else id_

    def add_message(
        self, channel: str, author: str, payload: dict[str, Any], via: str, only_for: str | None = None
    ) -> Message:
        with_ids(payload.get("blocks"), self)
        message = Message(self.ts(), channel, author, payload, via, only_for)
        self.messages.append(message)
        return message

    def whole_files(self) -> set[str]:
        """Name the files that were uploaded to the end."""
        return {file.id for file in self.files.values() if file.complete}

    def message(self, ts: str | None, channel: str | None = None) -> Message | None:
        return next((m for m in self.messages if m.ts == ts and channel in {None, m.channel}), None)

    def view(self, id_: str | None = None, external_id: str | None = None) -> View | None:
        opened = [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())
        for view in opened:
            if (id_ and view.id == id_) or (external_id and view.payload.get("external_id") == external_id):
                return view
        return None

    def new_view(self, user: str, payload: dict[str, Any], below: View | None = None) -> View:
        with_ids(payload.get("blocks"), self)
        id_ = self.number("V")
        root = below.root if below else id_
        return View(id_, user, payload, self.new_hash(), root, below.id if below else None)

    def new_hash(self) -> str:
        return f"{int(self.now())}.{self.number('h')}"

    def trigger(self, user: str, view: str | None = None) -> str:
        id_ = f"{self.number('')}.{self.team}.{self.number('t')}"
        self.triggers[id_] = Trigger(user, self.now(), view)
        return id_

    def hook(self, user: str, channel: str, message: str | None = None) -> str:
        id_ = f"{self.team}/{self.number('')}/{self.number('r')}"
        self.hooks[id_] = Hook(user, channel, self.now(), message)
        return id_


def with_ids(blocks: Any, workspace: Workspace) -> None:
    """Give blocks and elements the ids Slack makes up when none are sent."""
    for block in blocks or []:
        block.setdefault("block_id", workspace.number("b"))
        for element in elements_of(block):
            if element.get("type") != "image":
                element.setdefault("action_id", workspace.number("a"))


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """List what can be pressed or filled in a block."""
    if block.get("type") in {"actions", "context_actions"}:
        return list(block.get("elements", ()))
    return [block[name] for name in ("accessory", "element") if name in block]

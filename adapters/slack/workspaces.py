"""The workspaces that the bot is in: each with what answers there; the one of the settings, or many."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import structlog

from adapters.platform import CannotRun, Circle, CommunityPresence
from adapters.slack import files, inbound
from adapters.slack.answering import SlackAnswering
from adapters.slack.api import GONE, Api, Identity, RateLimited, SlackDenied, SlackUnanswered
from adapters.slack.connection import FIRST_PAUSE, back_off
from adapters.slack.home import Home
from adapters.slack.inbound import Payload
from adapters.slack.people import People
from adapters.slack.words import PLATFORM
from bot.ui.reply import Reply, reply
from bot.ui.text import t

GOOD, UNKNOWN = "good", "unknown"
"""What Slack says of a token, when it is not why the token is good for nothing."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace: the way to call Slack for it, and what answers there."""

    team: str
    api: Api
    answering: SlackAnswering


def opened(circle: Circle, team: str, api: Api, *, takes_files: bool) -> Workspace:
    """Put together what answers in a workspace."""
    people = People(api, circle.clock)
    home = Home(circle.dispatcher, api, people)
    return Workspace(team, api, SlackAnswering(circle.dispatcher, api, people, home, takes_files=takes_files))


class Workspaces(Protocol):
    """Where the bot is on Slack."""

    stranger: Reply
    """What somebody hears in a workspace that the bot is not in."""
    lost: asyncio.Event
    """Set when nothing is left to answer in."""

    @property
    def gone(self) -> str | None:
        """Why nothing is left, in Slack's own word."""
        ...

    async def of(self, team: str, organisation: str = "") -> Workspace | None:
        """Find a workspace, by its id and that of the organisation it belongs to; None when the bot is not in it."""
        ...

    async def heard(self, event: Payload) -> None:
        """Take note of an event that changes where the bot is."""
        ...

    async def ask(self) -> str | None:
        """Ask Slack whether it still takes the bot; returns what is wrong, in a few words."""
        ...


class OneWorkspace:
    """The workspace whose bot token is in the settings."""

    stranger = reply(t("I belong to another workspace, so I cannot answer you here."))

    def __init__(self, api: Api, me: Identity, homes: CommunityPresence, workspace: Workspace) -> None:
        self._api = api
        self._me = me
        self._homes = homes
        self._workspace = workspace
        self.lost = api.lost

    @classmethod
    async def open(cls, circle: Circle, api: Api) -> "OneWorkspace":
        """Ask Slack which workspace it is, and take its community up again.

        Raises:
            CannotRun: the token is not good.
        """
        me = await _who_am_i(api)
        homes = circle.homes(PLATFORM)
        await homes.returned(me.team)
        return cls(api, me, homes, opened(circle, me.team, api, takes_files=files.READ in me.scopes))

    @property
    def gone(self) -> str | None:
        """Why it is lost, once it is."""
        return self._api.gone

    async def of(self, team: str, organisation: str = "") -> Workspace | None:
        """Give it, unless another is meant."""
        return self._workspace if team == self._me.team else None

    async def heard(self, event: Payload) -> None:
        """Note when the workspace takes the bot away."""
        ended = inbound.ended(event)
        if ended is not None and inbound.team_of(event) == self._me.team and await standing(self._api) in GONE:
            # Slack sends two events, and the connection ends with the first, so the second may never arrive.
            await self._homes.left(self._me.team)
            self._api.lose(ended)

    async def ask(self) -> str | None:
        """Ask Slack whether it still takes the token; when not, the platform ends and says why."""
        try:
            await self._api.who_am_i()
        except RateLimited:
            return None
        except SlackDenied as denied:
            return f"Slack does not take SLACK_BOT_TOKEN any more ({denied.code})"
        except SlackUnanswered:
            return "no answer"
        return None


async def standing(api: Api) -> str:
    """Ask Slack whether it takes the bot's token: `GOOD`, `UNKNOWN`, or Slack's own word for why it does not.

    A late event of an end may arrive after a new installation.
    """
    try:
        await api.who_am_i()
    except SlackDenied as denied:
        return denied.code if denied.code in GONE else UNKNOWN
    except SlackUnanswered:
        # The next call that Slack answers tells it again.
        return UNKNOWN
    return GOOD


async def _who_am_i(api: Api) -> Identity:
    """Ask Slack whose token it is, until it answers.

    Raises:
        CannotRun: the token is not good.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            return await api.who_am_i()
        except RateLimited as wait:
            log.warning("not now", method="auth.test", again_in=wait.seconds)
            pause = await back_off(pause, least=wait.seconds)
        except SlackDenied as denied:
            raise CannotRun("Slack does not take SLACK_BOT_TOKEN ({code}).", code=denied.code) from denied
        except SlackUnanswered:
            pause = await back_off(pause)

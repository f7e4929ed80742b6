"""Many workspaces: each is found by its installation, which people made by themselves, and its end is noticed."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

import aiohttp
import structlog

from adapters.dates import time_at
from adapters.platform import Circle, Installation
from adapters.slack import files, inbound
from adapters.slack.api import Api
from adapters.slack.credentials import scopes_of, token_of
from adapters.slack.inbound import Payload
from adapters.slack.renewing import TokenRenewal
from adapters.slack.words import PLATFORM
from adapters.slack.workspaces import GOOD, UNKNOWN, Workspace, opened, standing
from bot.ui.reply import Reply

BELIEVED = 15.0
"""Seconds for which what the database said of an installation is believed: another process may have changed it."""
MOST = 2_000
"""Workspaces kept in memory."""
ENDED_TOKEN = "token_expired"  # noqa: S105 - Slack's word, no secret

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _KnownWorkspace:
    """A workspace in memory, and the installation that was found for it."""

    workspace: Workspace
    installation: Installation
    looked_at: float


def _same_token(installation: Installation, cached: _KnownWorkspace) -> bool:
    return token_of(installation) == token_of(cached.installation)


class ManyWorkspaces:
    """The workspaces that people added the bot to."""

    gone: str | None = None
    """There may always be another workspace."""

    def __init__(self, circle: Circle, outside: Api, renewing: TokenRenewal, stranger: Reply) -> None:
        self._circle = circle
        self._outside = outside
        self._renewing = renewing
        self._installations = circle.installations(PLATFORM)
        self._known: OrderedDict[str, _KnownWorkspace] = OrderedDict()
        self.stranger = stranger
        self.lost = asyncio.Event()

    async def of(self, team: str, organisation: str = "") -> Workspace | None:
        """Find a workspace by its own installation, else by that of its organisation; None when there is none."""
        cached = self._known.get(team)
        now = asyncio.get_running_loop().time()
        if cached is not None and self._is_good(cached, now):
            return cached.workspace
        installation = await self._installations.serving(team, organisation)
        if (
            installation is not None
            and cached is not None
            and cached.workspace.api.gone
            and _same_token(installation, cached)
        ):
            installation = await self._checked(installation)
        elif installation is not None:
            installation = await self._renewing.current(installation)
        if installation is None:
            self._known.pop(team, None)
            return None
        return self._keep(team, installation, cached, now)

    async def heard(self, event: Payload) -> None:
        """Note that a workspace or an organisation took the bot out, or gave it one more workspace."""
        team, organisation = inbound.team_of(event), inbound.organisation_of(event)
        if inbound.ended(event) is not None:
            for place in filter(None, (team, organisation)):
                installation = await self._installations.find(place)
                if installation is not None and await self._checked(installation) is None:
                    self._forget(place)
        if taken := inbound.changed_teams(event, inbound.TEAM_TAKEN):
            await self._installations.end_of(taken, organisation)
            self._forget(organisation)
        for workspace in inbound.changed_teams(event, inbound.TEAM_GIVEN):
            await self._installations.serving(workspace, organisation)

    async def ask(self) -> str | None:
        """Ask Slack whether it answers at all: there is no one token that stands for every workspace."""
        try:
            await time_at(f"{self._outside.url}api.test")
        except (aiohttp.ClientError, TimeoutError, OSError):
            return "no answer"
        return None

    async def _checked(self, installation: Installation) -> Installation | None:
        """Ask Slack about an installation whose end was told; None when it is over.

        A late word of an end may come after a new installation, so only Slack's word on the present token counts.
        """
        says = await standing(Api(self._outside.session, self._outside.url, token_of(installation)))
        if says in {GOOD, UNKNOWN}:
            return installation
        if says == ENDED_TOKEN:
            return await self._renewing.current(installation, refused=True)
        await self._installations.end(installation)
        return None

    def _is_good(self, cached: _KnownWorkspace, now: float) -> bool:
        fresh = now - cached.looked_at < BELIEVED and cached.workspace.api.gone is None
        return fresh and not self._renewing.is_due(cached.installation)

    def _keep(self, team: str, installation: Installation, cached: _KnownWorkspace | None, now: float) -> Workspace:
        """Keep a workspace in memory; what is known of its people stays when only the token is another."""
        if cached is None or scopes_of(installation) != scopes_of(cached.installation):
            api = Api(self._outside.session, self._outside.url, token_of(installation))
            workspace = opened(self._circle, team, api, takes_files=files.READ in scopes_of(installation))
        else:
            workspace = cached.workspace
            workspace.api.renew(token_of(installation))
        self._known[team] = _KnownWorkspace(workspace, installation, now)
        self._known.move_to_end(team)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return workspace

    def _forget(self, place: str) -> None:
        for team in [team for team, cached in self._known.items() if cached.installation.place == place]:
            del self._known[team]

"""Renews tokens before they end: one process at a time, and what Slack gives is kept before it is used."""

import asyncio
from datetime import datetime, timedelta
from typing import TypeAlias

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.platform import Installation, Installations
from adapters.slack.api import code_of
from adapters.slack.credentials import renewed_from, to_renew
from bot.engine.clock import Clock, pause
from bot.faults import recorded
from bot.store.errors import StoreError

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed; Slack gives it for twelve hours."""
OVER = frozenset({"invalid_refresh_token", "token_revoked", "account_inactive", "token_expired"})
"""What Slack says when an installation cannot be renewed any more; anything else may be better later."""
SAVED_AFTER = (0.0, 1.0, 5.0, 20.0)
"""Seconds before each try to keep what Slack gave: the token of before is good for nothing then."""
LOOKS, LOOK = 10, 0.2
"""How often, and after how many seconds, it is looked whether another process has renewed a token that has ended."""

Renewed: TypeAlias = Installation | None

log = structlog.get_logger()


class TokenRenewal:
    """Keeps the tokens of every installation good."""

    def __init__(self, installations: Installations, rotator: AsyncTokenRotator, clock: Clock) -> None:
        self._installations = installations
        self._rotator = rotator
        self._clock = clock
        self._running: dict[str, asyncio.Task[Renewed]] = {}
        self._failed: set[str] = set()
        """Places where our own last try failed, so that nobody is waited for."""

    def is_due(self, installation: Installation) -> bool:
        """Tell whether a token ends soon."""
        return ends_by(installation, self._clock.now() + EARLY)

    async def current(self, installation: Installation, *, refused: bool = False) -> Renewed:
        """Give an installation whose token is good, renewing it when it is time; None when it is over.

        `refused` says that Slack does not take the token any more, whatever the time is.
        """
        if not installation.credentials["refresh"]:
            return None if refused else installation
        now = self._clock.now()
        if not refused and not ends_by(installation, now + EARLY):
            return installation
        running = self._running.get(installation.place)
        if running is None:
            ended = refused or ends_by(installation, now)
            running = asyncio.get_running_loop().create_task(self._renew(installation, ended=ended))
            self._running[installation.place] = running
            running.add_done_callback(lambda _: self._running.pop(installation.place, None))
        # Who waits may give up; a token that Slack has given must be kept all the same.
        return await asyncio.shield(running)

    async def close(self) -> None:
        """Wait for what is being renewed."""
        if self._running:
            await asyncio.wait(self._running.values())

    async def _renew(self, old: Installation, *, ended: bool) -> Renewed:
        if not await self._installations.take_renewal(old.place):
            return await self._of_another(old) if ended and old.place not in self._failed else old
        self._failed.discard(old.place)
        present = await self._installations.find(old.place)
        if present != old:
            return present
        try:
            # The library's own look at the time is left out: it is decided.
            bot = await self._rotator.perform_bot_token_rotation(bot=to_renew(old))
        except SlackTokenRotationError as fault:
            code = code_of(fault.api_error)
            log.warning("token not renewed", place=old.place, reason=code)
            if not ended or code not in OVER:
                return self._later(old)
            await self._installations.end(old)
            return None
        except (aiohttp.ClientError, TimeoutError, OSError, SlackApiError) as fault:
            log.warning("token not renewed", place=old.place, **recorded(fault))
            return self._later(old)
        return self._later(old) if bot is None else await self._kept(old, renewed_from(old, bot, self._clock))

    def _later(self, old: Installation) -> Renewed:
        """Go on with what there is; the turn that was taken says when it is tried again."""
        self._failed.add(old.place)
        return old

    async def _kept(self, old: Installation, fresh: Installation) -> Renewed:
        """Keep what Slack gave; another installation that came meanwhile counts more."""
        for seconds in SAVED_AFTER:
            await pause(seconds)
            try:
                was_kept = await self._installations.renew(old, fresh)
            except StoreError as fault:
                log.warning("renewed token not kept yet", place=old.place, **recorded(fault))
                continue
            log.info("token renewed", place=old.place)
            return fresh if was_kept else await self._installations.find(old.place)
        log.error("renewed token not kept", place=old.place)
        return fresh

    async def _of_another(self, old: Installation) -> Renewed:
        """Wait a moment for what another process renews at present."""
        for _ in range(LOOKS):
            await pause(LOOK)
            present = await self._installations.find(old.place)
            if present != old:
                return present
        return old


def ends_by(installation: Installation, instant: datetime) -> bool:
    """Tell whether a token is good for nothing any more at an instant."""
    return installation.expires_at is not None and installation.expires_at <= instant

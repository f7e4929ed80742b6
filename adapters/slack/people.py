"""What Slack knows of a person: asked once and kept for a while; whether they are an admin, afresh when it matters."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.slack.api import Api, Denied, Lost
from bot.core.clock import Clock
from bot.core.invocation import Sender
from bot.ui.languages import best

KEPT_FOR = timedelta(hours=12)
MOST = 20_000
"""People kept in memory."""


@dataclass(frozen=True, slots=True)
class _Profile:
    sender: Sender
    at: datetime


class People:
    """The members of a workspace, as Slack knows them."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._known: OrderedDict[str, _Profile] = OrderedDict()

    async def sender(self, seen: Sender, *, afresh: bool = False) -> Sender:
        """Fill in a person's name, language, zone and role.

        When Slack does not answer, what is known stands in, and whether they organise is not known.
        """
        known, now = self._known.get(seen.user), self._clock.now()
        if known is not None and not afresh and now - known.at < KEPT_FOR:
            return known.sender
        try:
            found = await self._ask(seen)
        except (Denied, Lost):
            stale = known.sender if known is not None else seen
            return Sender(stale.user, stale.name, organiser=None, language=stale.language, zone=stale.zone)
        self._known[seen.user] = _Profile(found, now)
        self._known.move_to_end(seen.user)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return found

    def language(self, user: str) -> str:
        """Tell the language to speak to a person before anything is asked; English when they are not known yet."""
        known = self._known.get(user)
        return best(known.sender.language if known is not None else None)

    async def _ask(self, seen: Sender) -> Sender:
        user = (await self._api.read("users.info", user=seen.user, include_locale=True)).get("user", {})
        profile = user.get("profile", {})
        return Sender(
            seen.user,
            profile.get("display_name") or profile.get("real_name") or user.get("real_name") or seen.name,
            organiser=any(bool(user.get(role)) for role in ("is_admin", "is_owner", "is_primary_owner")),
            language=user.get("locale"),
            zone=user.get("tz"),
        )

"""What Slack knows of a person: asked once and kept for a while; whether they are an admin, afresh when it matters."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from bot.engine.clock import Clock
from bot.engine.invocation import Invocation, Sender, SubmittedForm, TypedLine
from bot.engine.someone import mention
from bot.ui.languages import best

KEPT_FOR = timedelta(hours=12)
MOST = 20_000
"""People kept in memory."""
NOBODY = {"user_not_found", "user_not_visible"}
"""What Slack says of an id that is nobody's in this workspace."""
MOST_NAMED = 3
"""People in one command whom Slack is asked about; no command takes more than two."""
USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
"""A person, as Slack writes them."""
_NAMED = re.compile(r"(?:<|&lt;)@([UW][A-Z0-9]+)")
"""The same, also where it was typed letter by letter, which Slack escapes."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """A person as Slack described them, and when."""

    sender: Sender
    at: datetime
    team: str | None
    """The workspace whose commands they can use, "" for any; None for a bot, for who left, and for nobody at all."""

    def uses(self, team: str) -> bool:
        """Tell whether they can use the bot in a workspace."""
        return self.team is not None and self.team in ("", team)


def _written(at: re.Match[str], people: Mapping[str, Sender]) -> str:
    """Write a mention with the person's name, where Slack told it."""
    return mention(at[1], people[at[1]].name) if at[1] in people else at[0]


class People:
    """The members of a workspace, as Slack knows them."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._profiles: OrderedDict[str, _Profile] = OrderedDict()

    async def sender(self, seen: Sender, *, afresh: bool = False) -> Sender:
        """Fill in a person's name, language, zone and role.

        When Slack does not answer, what is known stands in, and whether they organise is not known.
        """
        profile = self._profiles.get(seen.user)
        if profile is not None and not afresh and self._clock.now() - profile.at < KEPT_FOR:
            return profile.sender
        try:
            return (await self._ask(seen)).sender
        except (SlackDenied, SlackUnanswered):
            stale = profile.sender if profile is not None else seen
            return Sender(stale.user, stale.name, organiser=None, language=stale.language, zone=stale.zone)

    async def named(self, invocation: Invocation) -> Invocation:
        """Tell of the people whom an invocation names what Slack knows: their names, and who is an admin."""
        request = invocation.request
        match request:
            case TypedLine():
                texts = [request.line]
            case SubmittedForm():
                texts = list(request.values.values())
            case _:
                return invocation
        users = {match[1] for text in texts for match in _NAMED.finditer(text)}
        if not users:
            return invocation
        profiles = {user: await self._looked_up(user) for user in sorted(users)[:MOST_NAMED]}
        people = {user: profile.sender for user, profile in profiles.items()}
        admins = frozenset(user for user, person in people.items() if person.organiser)
        absent = {user for user, profile in profiles.items() if not profile.uses(invocation.place.community)}

        def is_here(user: str) -> bool:
            return user not in absent

        place = replace(invocation.place, organises=admins.__contains__, is_here=is_here)
        if isinstance(request, SubmittedForm):
            values = {name: USER.sub(lambda at: _written(at, people), text) for name, text in request.values.items()}
            request = replace(request, values=values)
        return replace(invocation, place=place, request=request)

    def language(self, user: str) -> str:
        """Tell the language to speak to a person before anything is asked; English when they are not known yet."""
        profile = self._profiles.get(user)
        return best(profile.sender.language if profile is not None else None)

    async def _looked_up(self, user: str) -> _Profile:
        """Ask Slack about somebody who is named; whom it does not know is nobody, and when it is silent they may be anybody."""
        last = self._profiles.get(user)
        sender = replace(last.sender, organiser=None) if last is not None else Sender(user, "")
        try:
            return await self._ask(sender)
        except (SlackDenied, SlackUnanswered) as fault:
            is_nobody = isinstance(fault, SlackDenied) and fault.code in NOBODY
            return _Profile(sender, self._clock.now(), None if is_nobody else "")

    async def _ask(self, seen: Sender) -> _Profile:
        user = (await self._api.read("users.info", user=seen.user, include_locale=True)).get("user", {})
        profile = user.get("profile", {})
        sender = Sender(
            seen.user,
            profile.get("display_name") or profile.get("real_name") or user.get("real_name") or seen.name,
            organiser=any(bool(user.get(role)) for role in ("is_admin", "is_owner", "is_primary_owner")),
            language=user.get("locale"),
            zone=_zone(user.get("tz")),
        )
        asked = self._profiles[seen.user] = _Profile(sender, self._clock.now(), _team_of(user))
        self._profiles.move_to_end(seen.user)
        while len(self._profiles) > MOST:
            self._profiles.popitem(last=False)
        return asked


def _team_of(user: Mapping[str, Any]) -> str | None:
    """Tell where somebody can use the bot; who is of an organisation may be in any workspace of it."""
    if any(user.get(what) for what in ("deleted", "is_bot", "is_stranger")):
        return None
    return "" if user.get("enterprise_user") else str(user.get("team_id") or "")


def _zone(named: object) -> str | None:
    """Take a zone name that the zone database knows; with any other, no time could be computed."""
    return named if isinstance(named, str) and named in _zones() else None


_zones = cache(available_timezones)

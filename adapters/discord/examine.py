"""Looks, over plain HTTP, at what Discord says of a bot's token: for set-up and for doctor, beside a bot that runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from adapters.discord import commands
from adapters.discord.inbound import PLATFORM
from adapters.discord.manifest import SCOPES
from adapters.discord.permissions import NEEDED, allowed_in
from adapters.findings import Finding, fail, ok, warn
from bot.engine.clock import pause
from bot.engine.registry import Registry
from bot.ui.text import Text, t
from bot.ui.values import ChannelRef, Count, Together, UserText

PATIENCE = aiohttp.ClientTimeout(total=10)
LONGEST_WAIT = 5.0
"""Seconds that are waited when Discord asks to; a longer wait is told instead."""
PRIVILEGED = {12: "Presence Intent", 14: "Server Members Intent", 18: "Message Content Intent"}
"""The bits of an application's flags that say what it may see, as Discord's page calls them; the next bit is the same
for a bot on few servers."""
PAGE = "https://discord.com/developers/applications"
UNAUTHORISED, NOT_FOUND, TOO_MANY, THEIR_FAULT = 401, 404, 429, 500


class DiscordRefused(Exception):
    """Discord answered no."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class DiscordSilent(Exception):
    """Discord did not answer, or is in trouble."""


@dataclass(frozen=True, slots=True)
class DiscordBot:
    """Whose token it is."""

    id: str
    name: str
    application: Mapping[str, Any]

    @property
    def application_id(self) -> str:
        """The id that the link to a server carries."""
        return str(self.application["id"])


@dataclass(frozen=True, slots=True)
class DiscordApi:
    """Asks Discord with one token."""

    session: aiohttp.ClientSession
    url: str
    token: str

    async def get(self, path: str) -> Any:
        """Ask something.

        Raises:
            DiscordRefused: Discord said no.
            DiscordSilent: no answer came that could be used.
        """
        for last in (False, True):
            try:
                return await self._get(path, last=last)
            except _PutOff as wait:
                await pause(wait.seconds)
        raise DiscordSilent

    async def _get(self, path: str, *, last: bool) -> Any:
        headers = {"Authorization": f"Bot {self.token}"}
        try:
            async with self.session.get(f"{self.url}{path}", headers=headers, timeout=PATIENCE) as answer:
                if answer.status == TOO_MANY and not last:
                    raise _PutOff(min(float(answer.headers.get("Retry-After", "1")), LONGEST_WAIT))
                if answer.status >= THEIR_FAULT or answer.status == TOO_MANY:
                    raise DiscordSilent
                if not answer.ok:
                    raise DiscordRefused(answer.status)
                return await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise DiscordSilent from fault

    async def bot(self) -> DiscordBot:
        """Ask whose token it is.

        Raises:
            DiscordRefused: the token is no bot's.
            DiscordSilent: no answer came.
        """
        me = await self.get("/users/@me")
        return DiscordBot(str(me["id"]), str(me["username"]), await self.get("/applications/@me"))

    async def servers(self) -> Sequence[Mapping[str, Any]]:
        """List the servers the bot is in, two hundred at most.

        Raises:
            DiscordRefused: Discord said no.
            DiscordSilent: no answer came.
        """
        return await self.get("/users/@me/guilds")


class _PutOff(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def link_for(application: str) -> str:
    """Make the link that brings the bot to a server, with the least it needs."""
    allowed = discord.Permissions(**dict.fromkeys(NEEDED, True))
    return discord.utils.oauth_url(int(application), permissions=allowed, scopes=SCOPES)


def public_finding(bot: DiscordBot) -> Finding:
    """Look whether others than its owner may add the bot."""
    if bot.application.get("bot_public", True):
        return ok("discord-public", t("Everybody may add the bot to their server."))
    return warn(
        "discord-public",
        t("Only you may add the bot to a server."),
        t("On Discord's page, under Bot, switch on Public Bot. Under Installation choose Guild Install."),
    )


def application_findings(bot: DiscordBot) -> list[Finding]:
    """Look at how the bot is set on Discord's page."""
    findings: list[Finding] = []
    if bot.application.get("bot_require_code_grant"):
        findings.append(
            fail(
                "discord-page",
                t("The bot asks for a code grant. So its link to a server does not work."),
                t("On Discord's page, under Bot, switch off {what}.", what=UserText("Requires OAuth2 Code Grant")),
            )
        )
    if bot.application.get("interactions_endpoint_url"):
        findings.append(
            fail(
                "discord-page",
                t("Discord sends all commands to a web address, so this bot hears none."),
                t(
                    "On Discord's page, under General Information, empty {what}.",
                    what=UserText("Interactions Endpoint URL"),
                ),
            )
        )
    flags = int(bot.application.get("flags") or 0)
    wide = [UserText(name) for bit, name in PRIVILEGED.items() if flags & (0b11 << bit)]
    if wide:
        findings.append(
            warn(
                "discord-page",
                t("The bot may see more than it needs: {intents}.", intents=Together(tuple(wide))),
                t("On Discord's page, under Bot, switch these off and press Save Changes."),
            )
        )
    return findings


def refusal(status: int) -> Finding:
    """Say what Discord's no to a token means."""
    if status == UNAUTHORISED:
        return fail(
            "discord-token",
            t("Discord does not know this token. It was reset, or it is not complete."),
            t("On Discord's page, under Bot, press Reset Token. Copy the new token whole."),
        )
    return fail(
        "discord-token",
        t("Discord refuses this token ({status}).", status=UserText(str(status))),
        t("Wait ten minutes. If it stays so, look at the bot on Discord's page."),
    )


def silence() -> Finding:
    """Say that Discord could not be reached."""
    return fail(
        "discord-token",
        t("I cannot reach Discord."),
        t("Look at the network of this machine, and at {page}.", page=UserText("https://discordstatus.com")),
    )


def commands_finding(sent: Sequence[Mapping[str, Any]], noted: Mapping[str, Any], product: Registry) -> Finding:
    """Compare Discord's commands with those of this version; `noted` is what the bot noted when it sent them."""
    payloads = commands.payloads(product)
    wanted, there = {payload["name"] for payload in payloads}, {payload["name"] for payload in sent}
    if wanted == there and noted.get("fingerprint") == commands.fingerprint(payloads):
        return ok("discord-commands", t("Discord has all {n} commands.", n=Count(len(wanted))))
    seen = (
        t("Discord has other commands than this version.") if there else t("Discord has no commands of this bot yet.")
    )
    return warn("discord-commands", seen, t("Start the bot again; it sends them."))


def commands_note(application: str) -> str:
    """Name the note in which the bot keeps which commands it sent."""
    return f"{PLATFORM}:commands:{application}"


async def channel_lack(api: DiscordApi, bot: str, server: str, channel: str) -> Text | None:
    """Tell what keeps the bot from posting in a channel whole; None when nothing does.

    Raises:
        DiscordSilent: no answer came.
    """
    try:
        place = await api.get(f"/channels/{channel}")
        home = await api.get(f"/guilds/{server}")
        member = await api.get(f"/guilds/{server}/members/{bot}")
    except DiscordRefused as no:
        if no.status == NOT_FOUND:
            return t("{channel} is not there any more, or its server is not.", channel=ChannelRef(channel))
        return _lacking(channel, ["view_channel"])
    allowed = discord.Permissions(allowed_in(home, member, place, bot))
    lacking = [name for name in NEEDED if not getattr(allowed, name)]
    return _lacking(channel, lacking) if lacking else None


def _lacking(channel: str, names: Sequence[str]) -> Text:
    permissions = Together(tuple(NEEDED[name] for name in names))
    return t("In {channel} I still need: {permissions}.", channel=ChannelRef(channel), permissions=permissions)

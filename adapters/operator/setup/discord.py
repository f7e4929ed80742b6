"""Discord, in three steps: make the bot, paste its token, open its link and wait until it is in a server."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from adapters.discord import examine
from adapters.discord.examine import DiscordApi, DiscordBot, DiscordRefused, DiscordSilent
from adapters.findings import Finding, Severity, fail, warn
from adapters.operator.setup.shapes import PastedKind
from adapters.operator.setup.tokens import RequestedToken, settled
from adapters.operator.setup.work import SetUpRun
from bot.engine.clock import pause
from bot.ui.text import t, tn
from bot.ui.values import Together, UserText

LOOK_EVERY = 2.0
"""Seconds between two looks whether the bot is in a server."""
MOST_NAMED = 3


async def settle(work: SetUpRun, *, everybody: bool = False) -> None:
    """Find the token that works, and bring the bot to a server, or to everybody."""
    dialogue = work.dialogue
    dialogue.head(t("Discord"))
    token = work.settings.discord_token.get_secret_value()
    if not token and work.options.discord_token is None:
        dialogue.say(t("a. Open {page} and press New Application. Give it a name.", page=UserText(examine.PAGE)))
        dialogue.say(t("b. On the left press Bot, then Reset Token, then Copy."))
        dialogue.say(t("c. Paste it here. You will not see it."))
    async with aiohttp.ClientSession() as session:
        bot = await settled(work, _wanted(work, session))
        api = DiscordApi(session, work.settings.discord_api_url, work.settings.discord_token.get_secret_value())
        if everybody:
            _for_everybody(work, bot)
        else:
            await _in_a_server(work, api, bot)


def _for_everybody(work: SetUpRun, bot: DiscordBot) -> None:
    """Say whether others may add the bot, and give the link to hand on."""
    finding = examine.public_finding(bot)
    notes = [finding.seen, *([] if finding.mend is None else [finding.mend])]
    for note in notes:
        work.dialogue.say(note, style="" if finding.mend is None else "yellow")
    link = t("Discord: everybody may add the bot with {link}", link=UserText(examine.link_for(bot.application_id)))
    work.transcript += [*([] if finding.mend is None else notes), link]


def _wanted(work: SetUpRun, session: aiohttp.ClientSession) -> RequestedToken[DiscordBot]:
    async def try_(token: str) -> DiscordBot | Finding:
        return await _tried(work, DiscordApi(session, work.settings.discord_api_url, token))

    return RequestedToken(
        "DISCORD_TOKEN",
        PastedKind.DISCORD_BOT,
        t("Discord bot token:"),
        t("It is on Discord's page, under Bot. Press Reset Token, then Copy."),
        "--discord-token-file",
        work.options.discord_token,
        try_,
    )


async def _tried(work: SetUpRun, api: DiscordApi) -> DiscordBot | Finding:
    """Try a token; what only makes the bot see too much is told, and does not stop anybody."""
    try:
        bot = await api.bot()
    except DiscordRefused as refused:
        return examine.refusal(refused.status)
    except DiscordSilent:
        return examine.silence()
    findings = examine.application_findings(bot)
    for finding in findings:
        if finding.standing is Severity.FAIL:
            return finding
        work.dialogue.say(finding.seen, style="yellow")
        if finding.mend is not None:
            work.dialogue.say(finding.mend)
    return await _same_as_before(work, bot) or bot


async def _same_as_before(work: SetUpRun, bot: DiscordBot) -> Finding | None:
    """See that it is the bot that was set up before, or that another one is meant."""
    before = work.progress.known("discord")
    if before is not None and before != bot.application_id:
        what = t(
            "This is another bot ({new}) than until now ({old}).",
            new=UserText(bot.application_id),
            old=UserText(before),
        )
        work.dialogue.say(what, style="yellow")
        question = t("Buttons in old messages of the other bot will not work. Take this one?")
        if not await work.dialogue.yes(question, default=False):
            return fail("discord-token", what, t("Paste the token of the first bot."))
    work.note("discord", bot.application_id)
    return None


async def _in_a_server(work: SetUpRun, api: DiscordApi, bot: DiscordBot) -> None:
    """Wait until the bot is in a server, and say the name of it."""
    dialogue = work.dialogue
    dialogue.say(t("Discord takes the token. The bot is called {name}.", name=UserText(bot.name)))
    servers: list[Mapping[str, Any]] = []

    async def arrived() -> None:
        while not await _look(api, servers):
            await pause(LOOK_EVERY)

    if not await _look(api, servers):
        dialogue.say(t("Open this link, choose your server, and press Authorise:"))
        dialogue.show(examine.link_for(bot.application_id))
        question = t("I wait until the bot is there. To go on without it, press Enter.")
        await dialogue.while_waiting(question, arrived())
    if not servers:
        warning = warn(
            "discord-token",
            t("The bot is in no server yet."),
            t("Open this link, and choose your server: {link}", link=UserText(examine.link_for(bot.application_id))),
        )
        dialogue.say(warning.seen, style="yellow")
        work.transcript += [warning.seen, *([warning.mend] if warning.mend is not None else [])]
        return
    named = Together(tuple(UserText(str(server["name"])) for server in servers[:MOST_NAMED]))
    line = tn(
        "Discord: the bot is in {n} server: {named}.",
        "Discord: the bot is in {n} servers: {named}.",
        len(servers),
        named=named,
    )
    dialogue.say(line)
    work.transcript.append(line)


async def _look(api: DiscordApi, servers: list[Mapping[str, Any]]) -> bool:
    """Look up in which servers the bot is; a failed request is not reported, because it is repeated."""
    try:
        latest: Sequence[Mapping[str, Any]] = await api.servers()
    except (DiscordRefused, DiscordSilent):
        return False
    servers[:] = latest
    return bool(servers)

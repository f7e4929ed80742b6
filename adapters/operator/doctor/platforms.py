"""Looks at Discord and at Slack: tokens, what the bot may do, and each channel of a weekly post."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

from adapters.discord import examine as discord
from adapters.discord.examine import DiscordApi, DiscordBot, DiscordRefused, DiscordSilent
from adapters.discord.inbound import PLATFORM as DISCORD
from adapters.findings import Finding, fail, ok, warn
from adapters.operator.answers import EVERYBODY, WHO, SetUpAnswers
from adapters.operator.doctor.look import CheckContext
from adapters.operator.doctor.sending import homes_of
from adapters.operator.program import line as typed
from adapters.platform import CannotRun
from adapters.slack import examine as slack
from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.tokens import Client, Keys, keys_for
from adapters.slack.words import PLATFORM as SLACK
from adapters.wording import explained
from bot.store import installations, kept
from bot.store.looking import CommunityLocation
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, UserText

MOST_CHANNELS = 100
"""Channels that are asked for; a host with more would be slowed down by the platform."""
MOST_SHOWN = 3


async def discord_findings(look: CheckContext) -> AsyncIterator[Finding]:
    """Look at Discord, when its token is set."""
    token = look.settings.discord_token.get_secret_value().strip()
    if not token:
        return
    api = DiscordApi(look.session, look.settings.discord_api_url, token)
    try:
        bot = await api.bot()
        servers = await api.servers()
        sent = await api.get(f"/applications/{bot.application_id}/commands")
    except DiscordRefused as refused:
        yield discord.refusal(refused.status)
        return
    except DiscordSilent:
        yield discord.silence()
        return
    yield _on_servers(bot, len(servers))
    problems = discord.application_findings(bot)
    for finding in problems or [ok("discord-page", t("The bot may see no more than it needs."))]:
        yield finding
    if _is_for_everybody(look):
        yield discord.public_finding(bot)
    with look.database() as tx:
        note = kept.find(tx, discord.commands_note(bot.application_id)) if tx is not None else None
    yield discord.commands_finding(sent, note or {}, look.product)

    async def lack(home: CommunityLocation) -> Text | None:
        return await discord.channel_lack(api, bot.id, home.platform_id, home.channel or "")

    async for finding in _channels("discord-channels", homes_of(look, DISCORD), lack):
        yield finding


def _is_for_everybody(look: CheckContext) -> bool:
    """Tell whether set-up, or a setting, says that any community may add the bot."""
    return bool(look.settings.slack_client_id) or SetUpAnswers.beside(look.path).known(WHO) == EVERYBODY


def _on_servers(bot: DiscordBot, number: int) -> Finding:
    if number:
        return ok("discord-token", tn("The bot is in {n} server.", "The bot is in {n} servers.", number))
    link = UserText(discord.link_for(bot.application_id))
    return warn(
        "discord-token",
        t("The bot is in no server yet."),
        t("Open this link, and choose your server: {link}", link=link),
    )


async def slack_findings(look: CheckContext) -> AsyncIterator[Finding]:
    """Look at Slack, when a token of it is set."""
    settings = look.settings
    tokens = (settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value())
    if not any((*tokens, settings.slack_client_id)):
        return
    try:
        keys = keys_for(settings)
    except CannotRun as problem:
        mend = t("Type: {line}", line=typed("setup"))
        yield fail("slack-token", explained(problem), mend)
        return
    api = Api(look.session, keys.url, keys.bot_token)
    looking = _one_workspace(look, keys, api) if keys.client is None else _for_everybody(look, api, keys.client)
    async for finding in looking:
        yield finding


async def _one_workspace(look: CheckContext, keys: Keys, api: Api) -> AsyncIterator[Finding]:
    """Look at the workspace of the bot token."""
    try:
        bot = await slack.bot_of(api)
    except SlackDenied as denied:
        yield slack.bot_refusal(denied.code)
        return
    except SlackUnanswered:
        yield slack.silence()
        return
    homes = homes_of(look, SLACK)
    yield _workspace(homes, bot.who.team)
    for finding in slack.scope_findings(bot.who):
        yield finding
    yield await _way(look, keys, api)

    async def lack(home: CommunityLocation) -> Text | None:
        return await slack.channel_lack(api, home.channel or "")

    async for finding in _channels("slack-channels", homes, lack):
        yield finding


async def _for_everybody(look: CheckContext, api: Api, client: Client) -> AsyncIterator[Finding]:
    """Look at an app that everybody may add; its channels are looked at when each workspace sets them."""
    with look.database() as tx:
        number = len(installations.served(tx)) if tx is not None else 0
    added = tn("{n} workspace has the app.", "{n} workspaces have the app.", number)
    yield await slack.client_finding(api, client)
    yield await slack.page_finding(api, client)
    yield ok("slack-workspaces", added if number else t("No workspace has added the app yet."))


def _workspace(homes: Sequence[CommunityLocation], team: str) -> Finding:
    others = [home.platform_id for home in homes if home.platform_id != team]
    if others:
        seen = t(
            "The token is of another workspace ({team}) than your community ({other}).",
            team=UserText(team),
            other=UserText(others[0]),
        )
        return fail("slack-token", seen, t("Copy the bot token of the first workspace, or start with new data."))
    return ok("slack-token", t("Slack takes the bot token."))


async def _way(look: CheckContext, keys: Keys, api: Api) -> Finding:
    if keys.port is not None:
        return ok("slack-socket", t("Slack calls this machine at port {port}.", port=UserText(str(keys.port))))
    return await slack.socket_finding(api, keys.app_token, connecting=not look.running)


async def _channels(
    check: str, homes: Sequence[CommunityLocation], lack: Callable[[CommunityLocation], Awaitable[Text | None]]
) -> AsyncIterator[Finding]:
    """Look at the channel of each community, and tell the first of those where something is missing."""
    if not homes:
        mend = t("In the chat, an organiser types: {line}", line=UserText("/community setup"))
        yield warn(check, t("No community is set up yet."), mend)
        return
    examined = homes[:MOST_CHANNELS]
    try:
        lacking, unseen = await _looked_at(examined, lack)
    except (DiscordSilent, SlackUnanswered):
        yield warn(check, t("I could not look at every channel."), t("Look again in some minutes."))
        return
    for finding in _lacking(check, lacking):
        yield finding
    if unseen:
        yield ok(check, _unseen(unseen))
    if not lacking and unseen < len(examined):
        yield ok(check, _all_good(len(examined) - unseen, len(homes)))


async def _looked_at(
    homes: Sequence[CommunityLocation], lack: Callable[[CommunityLocation], Awaitable[Text | None]]
) -> tuple[list[tuple[CommunityLocation, Text]], int]:
    """Give the communities where something is missing, and how many could not be looked at."""
    lacking, unseen = list[tuple[CommunityLocation, Text]](), 0
    for home in homes:
        try:
            missing = await lack(home) if home.channel else t("It has no digest channel.")
        except slack.MayNotLook:
            unseen += 1
            continue
        if missing is not None:
            lacking.append((home, missing))
    return lacking, unseen


def _lacking(check: str, lacking: Sequence[tuple[CommunityLocation, Text]]) -> Iterator[Finding]:
    for home, why in lacking[:MOST_SHOWN]:
        seen = t("Community {id}: {why}", id=UserText(home.platform_id), why=why)
        yield fail(check, seen, t("Allow it in the settings of the channel, or choose another."))
    more = len(lacking) - MOST_SHOWN
    if more > 0:
        seen = tn("The same is so in {n} more community.", "The same is so in {n} more communities.", more)
        yield fail(check, seen, t("Mend these first, then look again."))


def _unseen(number: int) -> Text:
    return tn(
        "Without a history scope I cannot look at {n} digest channel.",
        "Without a history scope I cannot look at {n} digest channels.",
        number,
    )


def _all_good(examined: int, there: int) -> Text:
    if examined < there:
        return t(
            "The bot can post in the first {looked} of {there} channels.", looked=Count(examined), there=Count(there)
        )
    return tn("The bot can post in its {n} digest channel.", "The bot can post in its {n} digest channels.", examined)

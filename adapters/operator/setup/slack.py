"""Slack, in three steps: make the app from its manifest, paste the bot token, paste the app-level token."""

import webbrowser
from pathlib import Path

import aiohttp

from adapters.findings import Finding, Severity, fail
from adapters.operator.private_file import write_private
from adapters.operator.setup.shapes import PastedKind
from adapters.operator.setup.tokens import RequestedToken, settled
from adapters.operator.setup.work import SetUpRun
from adapters.slack import examine, manifest
from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.examine import SlackBot
from bot.ui.text import t
from bot.ui.values import UserText

FILE = "slack-manifest.json"
CALL_SECONDS = 15


async def settle(work: SetUpRun) -> None:
    """Find both tokens that work."""
    dialogue = work.dialogue
    dialogue.head(t("Slack"))
    settings = work.settings
    new = not settings.slack_bot_token.get_secret_value() and work.options.slack_bot_token is None
    if new:
        await _app(work)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS)) as session:
        bot = await settled(work, _bot_wanted(work, session))
        line = t("Slack: the bot is in the workspace {name}.", name=UserText(bot.workspace))
        dialogue.say(line)
        work.transcript.append(line)
        if settings.slack_http_port is not None and settings.slack_signing_secret.get_secret_value():
            line = t("Slack calls this machine at port {port}.", port=UserText(str(settings.slack_http_port)))
        else:
            if new:
                dialogue.say(t("d. On the left press Basic Information. Under App-Level Tokens press Generate."))
                dialogue.say(t("e. Add the scope connections:write, press Generate, and copy. Paste it here."))
            await settled(work, _app_wanted(work, session, bot))
            line = t("Slack gives connections.")
        dialogue.say(line)
        work.transcript.append(line)


async def _app(work: SetUpRun) -> None:
    """Bring a person to the page where Slack makes the app, all filled in."""
    dialogue = work.dialogue
    dialogue.say(t("a. Open this link, choose your workspace, press Next, then Create:"))
    await offer(work)
    dialogue.say(t("b. On the left press Install App, then Install to Workspace, then Allow."))
    dialogue.say(t("c. Copy the Bot User OAuth Token. Paste it here. You will not see it."))


async def offer(work: SetUpRun, address: str | None = None, *, for_everybody: bool = False) -> None:
    """Show the link that makes the app, leave its manifest in a file, and open it where a browser is."""
    link = manifest.link(work.product, address, for_everybody=for_everybody)
    work.dialogue.show(link)
    _saved(work, work.home / FILE, manifest.written(work.product, address, for_everybody=for_everybody))
    if _browser() and await work.dialogue.yes(t("Shall I open it in your browser?")):
        webbrowser.open(link)


def _saved(work: SetUpRun, file: Path, text: str) -> None:
    """Leave the manifest in a file too, for whoever cannot copy a long link."""
    try:
        write_private(file, text)
    except OSError:
        return
    work.dialogue.say(t("If you cannot copy it: open {page} and press Create New App.", page=UserText(examine.PAGE)))
    work.dialogue.say(t("Choose From a manifest, and paste the text of {file}.", file=UserText(str(file))))


def _browser() -> bool:
    """Tell whether a browser with a window is here; one inside the terminal would take the screen."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(browser, webbrowser.GenericBrowser) or isinstance(browser, webbrowser.BackgroundBrowser)


def _bot_wanted(work: SetUpRun, session: aiohttp.ClientSession) -> RequestedToken[SlackBot]:
    async def try_(token: str) -> SlackBot | Finding:
        try:
            bot = await examine.bot_of(Api(session, work.settings.slack_api_url, token))
        except SlackDenied as denied:
            return examine.bot_refusal(denied.code)
        except SlackUnanswered:
            return examine.silence()
        for finding in examine.scope_findings(bot.who):
            if finding.standing is Severity.FAIL:
                return finding
            work.dialogue.say(finding.seen)
        return await _same_as_before(work, bot) or bot

    return RequestedToken(
        "SLACK_BOT_TOKEN",
        PastedKind.SLACK_BOT,
        t("Slack bot token (xoxb-…):"),
        t("It is on Slack's page of the app, under Install App. It begins with xoxb-."),
        "--slack-bot-token-file",
        work.options.slack_bot_token,
        try_,
    )


async def _same_as_before(work: SetUpRun, bot: SlackBot) -> Finding | None:
    """See that it is the workspace that was set up before, or that another one is meant."""
    before = work.progress.known("slack")
    if before is not None and before != bot.who.team:
        what = t(
            "This is the workspace {name} ({new}). Until now it was {old}.",
            name=UserText(bot.workspace),
            new=UserText(bot.who.team),
            old=UserText(before),
        )
        work.dialogue.say(what, style="yellow")
        question = t("The people of the first one will not find their lists here. Take this one?")
        if not await work.dialogue.yes(question, default=False):
            return fail("slack-token", what, t("Paste the bot token of the first workspace."))
    work.note("slack", bot.who.team)
    return None


def _app_wanted(work: SetUpRun, session: aiohttp.ClientSession, bot: SlackBot) -> RequestedToken[str]:
    api = Api(session, work.settings.slack_api_url, work.settings.slack_bot_token.get_secret_value())

    async def try_(token: str) -> str | Finding:
        finding = await examine.socket_finding(api, token, connecting=not work.running)
        if finding.standing is not Severity.OK:
            return finding
        app = await examine.app_behind(api, token)
        if app is not None and bot.app is not None and app != bot.app:
            return fail(
                "slack-socket",
                t("This app-level token is of another app ({other}) than the bot token.", other=UserText(app)),
                t("On Slack's page, open the app of this bot ({app}), and make one there.", app=UserText(bot.app)),
            )
        return token

    return RequestedToken(
        "SLACK_APP_TOKEN",
        PastedKind.SLACK_APP,
        t("Slack app-level token (xapp-…):"),
        t("It is on Slack's page of the app, under Basic Information. It begins with xapp-."),
        "--slack-app-token-file",
        work.options.slack_app_token,
        try_,
    )

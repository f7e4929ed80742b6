"""Slack for everybody: the public address, the app from its manifest, and the three secrets that Slack shows of it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from adapters.findings import Finding, Severity, fail
from adapters.operator.setup.shapes import PastedKind
from adapters.operator.setup.slack import CALL_SECONDS, offer
from adapters.operator.setup.tokens import RequestedToken, settled
from adapters.operator.setup.work import SetUpRun
from adapters.slack import examine, manifest
from adapters.slack.api import Api
from adapters.slack.tokens import Client
from bot.ui.text import Text, t
from bot.ui.values import UserText

PORT = 3000
HIGHEST_PORT = 65535
EXAMPLE, PRIVACY_EXAMPLE = UserText("https://circle.example.org"), UserText("https://circle.example.org/privacy")
MINE = ("http://127.0.0.1", "http://localhost")
Try = Callable[[str], Awaitable[str | Finding]]


async def settle(work: SetUpRun) -> None:
    """Find the address, the port, the three secrets and the privacy text; each is kept as soon as it is right."""
    dialogue = work.dialogue
    dialogue.head(t("Slack, for everybody"))
    _take_out_one_workspace(work)
    new = not work.settings.slack_client_id and not work.options.slack_client_id
    address = await _address(work)
    await _port(work)
    if new:
        dialogue.say(t("b. Make the app. Slack fills it in from this link: press Next, then Create."))
        await offer(work, address, for_everybody=True)
        dialogue.say(t("c. On the left press Basic Information. The three values are under App Credentials."))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS)) as session:
        api = Api(session, work.settings.slack_api_url, "")
        await _secrets(work, api)
        await _privacy(work)
        finding = await examine.address_finding(api, address)
    notes = [finding.seen, *([] if finding.mend is None else [finding.mend])]
    for note in notes:
        dialogue.say(note, style="" if finding.mend is None else "yellow")
    page = UserText(f"{address}{manifest.PAGE_PATH}")
    work.transcript += [
        t("Slack: everybody may add the app, at {page}.", page=page),
        t("Slack calls this machine at port {port}.", port=UserText(str(work.settings.slack_http_port))),
        *([] if finding.mend is None else notes),
    ]


def _take_out_one_workspace(work: SetUpRun) -> None:
    """Take out the tokens of one workspace, which do not go together with an app for everybody."""
    settings = work.settings
    held = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    if left := {name: "" for name, token in held.items() if token.get_secret_value()}:
        work.dialogue.say(t("I take out the tokens of one workspace. Its people go on once it adds the new app."))
        work.keep(left)


async def _address(work: SetUpRun) -> str:
    """Ask for the address at which Slack and browsers reach the bot."""
    dialogue, kept_address = work.dialogue, work.settings.slack_public_url
    address = work.options.slack_address or kept_address
    if not address:
        dialogue.say(t("a. Slack and browsers must reach this machine at an address with HTTPS."))
    while True:
        address = (address or await dialogue.ask(t("Public address of the bot:"))).strip().rstrip("/")
        if manifest.is_address(address) or address.startswith(MINE):
            if address != kept_address:
                work.keep({"SLACK_PUBLIC_URL": address})
            return address
        mend = t(
            "Write it like {example}; the option is {option}.", example=EXAMPLE, option=UserText("--slack-address")
        )
        dialogue.wrong(t("This is no address with HTTPS."), mend)
        address = ""


async def _port(work: SetUpRun) -> None:
    """Ask for the port to which the proxy sends what comes for Slack."""
    dialogue, options = work.dialogue, work.options
    if options.slack_port is None and work.settings.slack_http_port is not None:
        return
    answer = str(options.slack_port) if options.slack_port is not None else ""
    while True:
        answer = answer or await dialogue.ask(t("Port to which your proxy sends /slack/:"), str(PORT))
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= HIGHEST_PORT:
            work.keep({"SLACK_HTTP_PORT": answer})
            return
        dialogue.wrong(t("This is no port."), t("Type a number, such as {port}.", port=UserText(str(PORT))))
        answer = ""


async def _secrets(work: SetUpRun, api: Api) -> None:
    """Ask for the client id, its secret and the signing secret; the first two are tried on Slack."""
    options = work.options

    async def known(value: str) -> str | Finding:
        return _unless_wrong(await examine.client_id_finding(api, value), value)

    async def opens(value: str) -> str | Finding:
        client = Client(work.settings.slack_client_id, value, "")
        return _unless_wrong(await examine.client_finding(api, client), value)

    async def another(value: str) -> str | Finding:
        if value != work.settings.slack_client_secret.get_secret_value():
            return value
        seen = t("This is the client secret again.")
        return fail("slack-client", seen, t("The signing secret stands below it. Press Show, then copy."))

    wanted: tuple[tuple[str, PastedKind, Text, str, Path | None, Try], ...] = (
        ("SLACK_CLIENT_ID", PastedKind.SLACK_CLIENT, t("Client ID:"), "--slack-client-id", None, known),
        (
            "SLACK_CLIENT_SECRET",
            PastedKind.SLACK_SECRET,
            t("Client Secret:"),
            "--slack-client-secret-file",
            options.slack_client_secret,
            opens,
        ),
        (
            "SLACK_SIGNING_SECRET",
            PastedKind.SLACK_SECRET,
            t("Signing Secret:"),
            "--slack-signing-secret-file",
            options.slack_signing_secret,
            another,
        ),
    )
    where = t("It is on Slack's page of the app, under Basic Information, App Credentials.")
    for setting, shape, question, option, file, try_ in wanted:
        typed_id = options.slack_client_id if setting == "SLACK_CLIENT_ID" else ""
        await settled(work, RequestedToken(setting, shape, question, where, option, file, try_, typed_id))


def _unless_wrong(finding: Finding, value: str) -> str | Finding:
    return value if finding.standing is Severity.OK else finding


async def _privacy(work: SetUpRun) -> None:
    """Ask for the address of the privacy text; it may come later, before the app is given to others."""
    dialogue, settings = work.dialogue, work.settings
    answer = work.options.privacy or settings.slack_privacy_url
    if not answer and work.progress.known("privacy") == "later":
        return
    while True:
        answer = (answer or await dialogue.ask(t("Address of your privacy text; Enter for later:"))).strip()
        if not answer:
            work.note("privacy", "later")
            work.transcript.append(t("The privacy text is still to be published: docs/hosts/privacy.md."))
            return
        if manifest.is_address(answer):
            if answer != settings.slack_privacy_url:
                work.keep({"SLACK_PRIVACY_URL": answer})
            return
        mend = t(
            "Write it like {example}; the option is {option}.", example=PRIVACY_EXAMPLE, option=UserText("--privacy")
        )
        dialogue.wrong(t("This is no address with HTTPS."), mend)
        answer = ""

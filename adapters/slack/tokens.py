"""Checks Slack's settings before anything is asked of Slack; a token of the wrong kind is named in one line."""

from dataclasses import dataclass

from adapters.platform import CannotRun
from bot.config import Settings
from bot.faults import Explained

KINDS = {
    "xoxb-": Explained("a bot token"),
    "xoxp-": Explained("a user token"),
    "xapp-": Explained("an app-level token"),
    "xoxe": Explained("a token that is renewed"),
    "xoxa-": Explained("an old workspace token"),
}


@dataclass(frozen=True, slots=True)
class Client:
    """An app that everybody may add: how Slack knows it, and where it is reached."""

    id: str
    secret: str
    address: str
    privacy: str = ""
    """Where the privacy text of whoever runs it is."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What is needed to talk with one workspace, or with every one that adds the app."""

    bot_token: str
    app_token: str
    signing_secret: str
    port: int | None
    url: str
    client: Client | None = None
    """Set where everybody may add the app; then there is no bot token and no app-level token."""


def keys_for(settings: Settings) -> Keys:
    """Take Slack's part of the settings.

    Raises:
        CannotRun: a setting is missing or of the wrong kind; the message names it, and never its value.
    """
    bot = settings.slack_bot_token.get_secret_value().strip()
    app = settings.slack_app_token.get_secret_value().strip()
    secret = settings.slack_signing_secret.get_secret_value().strip()
    if settings.slack_client_id.strip():
        return _for_everybody(settings, bot or app, secret)
    _check("SLACK_BOT_TOKEN", bot, "xoxb-")
    if settings.slack_http_port is None:
        _check("SLACK_APP_TOKEN", app, "xapp-")
    elif not secret:
        raise CannotRun(
            "SLACK_SIGNING_SECRET is not set; SLACK_HTTP_PORT needs it. It is in Slack's settings of the app."
        )
    return Keys(bot, app, secret, settings.slack_http_port, settings.slack_api_url)


def _for_everybody(settings: Settings, token: str, secret: str) -> Keys:
    client = Client(
        settings.slack_client_id.strip(),
        settings.slack_client_secret.get_secret_value().strip(),
        settings.slack_public_url.strip().rstrip("/"),
        settings.slack_privacy_url.strip(),
    )
    if token:
        raise CannotRun(
            "SLACK_CLIENT_ID is for an app that everybody may add. A bot token is for one workspace. "
            "Take out SLACK_CLIENT_ID, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN."
        )
    needed = {
        "SLACK_CLIENT_SECRET": client.secret,
        "SLACK_SIGNING_SECRET": secret,
        "SLACK_HTTP_PORT": settings.slack_http_port,
        "SLACK_PUBLIC_URL": client.address,
    }
    missing = next((name for name, value in needed.items() if not value), None)
    if missing is not None:
        raise CannotRun(
            "{name} is not set; SLACK_CLIENT_ID needs it. docs/hosts/index.md says where each one is.", name=missing
        )
    if not client.address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise CannotRun("SLACK_PUBLIC_URL must begin with https://, as Slack sends people back only there.")
    if client.privacy and not client.privacy.startswith("https://"):
        raise CannotRun("SLACK_PRIVACY_URL must begin with https://.")
    return Keys("", "", secret, settings.slack_http_port, settings.slack_api_url, client)


def _check(name: str, token: str, wanted: str) -> None:
    if not token:
        raise CannotRun(
            "{name} is not set; it is {right}, which begins with {start}.",
            name=name,
            right=KINDS[wanted],
            start=wanted,
        )
    if not token.startswith(wanted):
        unknown = Explained("something else")
        raise CannotRun(
            "{name} is {what}; it must be {right}, which begins with {start}.",
            name=name,
            what=next((kind for start, kind in KINDS.items() if token.startswith(start)), unknown),
            right=KINDS[wanted],
            start=wanted,
        )

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
class Keys:
    """What is needed to talk with one workspace."""

    bot_token: str
    app_token: str
    signing_secret: str
    port: int | None
    url: str


def keys_for(settings: Settings) -> Keys:
    """Take Slack's part of the settings.

    Raises:
        CannotRun: a setting is missing or of the wrong kind; the message names it, and never its value.
    """
    bot = settings.slack_bot_token.get_secret_value().strip()
    app = settings.slack_app_token.get_secret_value().strip()
    secret = settings.slack_signing_secret.get_secret_value().strip()
    _check("SLACK_BOT_TOKEN", bot, "xoxb-")
    if settings.slack_http_port is None:
        _check("SLACK_APP_TOKEN", app, "xapp-")
    elif not secret:
        raise CannotRun(
            "SLACK_SIGNING_SECRET is not set; SLACK_HTTP_PORT needs it. It is in Slack's settings of the app."
        )
    return Keys(bot, app, secret, settings.slack_http_port, settings.slack_api_url)


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

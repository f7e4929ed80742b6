"""Checks Slack's settings before anything is asked of Slack; a token of the wrong kind is named in one line."""

from dataclasses import dataclass

from adapters.platform import CannotRun
from bot.config import Settings

KINDS = {
    "xoxb-": "a bot token",
    "xoxp-": "a user token",
    "xapp-": "an app-level token",
    "xoxe": "a token that is renewed",
    "xoxa-": "an old workspace token",
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
        message = "SLACK_SIGNING_SECRET is not set; SLACK_HTTP_PORT needs it. It is in Slack's settings of the app."
        raise CannotRun(message)
    return Keys(bot, app, secret, settings.slack_http_port, settings.slack_api_url)


def _check(name: str, token: str, wanted: str) -> None:
    if not token:
        message = f"{name} is not set; it is {KINDS[wanted]}, which begins with {wanted}."
        raise CannotRun(message)
    if not token.startswith(wanted):
        kind_of_token = next((kind for start, kind in KINDS.items() if token.startswith(start)), "something else")
        message = f"{name} is {kind_of_token}; it must be {KINDS[wanted]}, which begins with {wanted}."
        raise CannotRun(message)

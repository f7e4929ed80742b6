"""What Slack gives when somebody adds the bot, as we keep it: the tokens, and nothing that names anybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import time

from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation as FromSlack

from adapters.platform import Installation
from bot.engine.clock import Clock


def credentials_from(slack: FromSlack, clock: Clock) -> Installation:
    """Take what Slack gave at an installation; the place is the organisation where it is for all of its workspaces.

    Raises:
        ValueError: it has no token, or belongs to no place.
    """
    place = slack.enterprise_id if slack.is_enterprise_install else slack.team_id
    if not place or not slack.bot_token:
        message = "an installation without a place or a token"
        raise ValueError(message)
    credentials = {
        "app": slack.app_id or "",
        "bot": slack.bot_id or "",
        "user": slack.bot_user_id or "",
        "scopes": list(slack.bot_scopes or ()),
        "token": slack.bot_token,
        "refresh": slack.bot_refresh_token or "",
    }
    return Installation(place, credentials, _end(slack.bot_token_expires_at, clock))


def renewed_from(before: Installation, slack: Bot, clock: Clock) -> Installation:
    """Take what an installation was renewed to."""
    credentials = {
        **before.credentials,
        "token": slack.bot_token,
        "refresh": slack.bot_refresh_token or before.credentials["refresh"],
    }
    return Installation(before.place, credentials, _end(slack.bot_token_expires_at, clock))


def to_renew(installation: Installation) -> Bot:
    """Write an installation as Slack's library renews it; that it is time has been decided."""
    return Bot(
        bot_token=token_of(installation),
        bot_id=str(installation.credentials["bot"]),
        bot_user_id=str(installation.credentials["user"]),
        bot_refresh_token=str(installation.credentials["refresh"]),
        bot_token_expires_at=0,
        installed_at=0.0,
    )


def token_of(installation: Installation) -> str:
    """Give the token with which Slack is called."""
    return str(installation.credentials["token"])


def scopes_of(installation: Installation) -> Sequence[str]:
    """Name what the bot may do there."""
    return [str(scope) for scope in installation.credentials["scopes"]]


def _end(at: float | None, clock: Clock) -> datetime | None:
    """Tell when a token ends; Slack's library counts from the machine's time, and we by our clock."""
    return None if at is None else clock.now() + timedelta(seconds=round(at - time()))

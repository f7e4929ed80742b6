"""The link with which an organiser adds the bot to a server, with the least permissions it needs."""

import base64

import discord

from adapters.discord.permissions import NEEDED
from adapters.wording import worded
from bot.config import SettingsError, load_settings

SCOPES = ("bot", "applications.commands")


def invite_link(application: str | None) -> tuple[str | None, str | None]:
    """Make the link; returns it, or the problem why it cannot be made."""
    try:
        token = load_settings().discord_token.get_secret_value()
    except SettingsError as problem:
        return None, worded(problem)
    application_id = application if application is not None else application_of(token)
    if application_id is None or not (application_id.isascii() and application_id.isdigit()):
        if application is None and not token.strip():
            return None, "DISCORD_TOKEN is not set. Set it, or give the application's id with --application."
        wrong = "DISCORD_TOKEN" if application is None else "--application"
        return None, f"{wrong} is not right. Give the application's id with --application; it is a number."
    allowed = discord.Permissions(**dict.fromkeys(NEEDED, True))
    return discord.utils.oauth_url(int(application_id), permissions=allowed, scopes=SCOPES), None


def application_of(token: str) -> str | None:
    """Read the application's id, with which every bot token begins."""
    first = token.strip().split(".")[0]
    try:
        return base64.b64decode(first + "=" * (-len(first) % 4)).decode("ascii") or None
    except ValueError:
        return None

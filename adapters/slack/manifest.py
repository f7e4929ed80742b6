"""The app manifest of Slack, made from the declared commands; an organiser pastes it when creating the app."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias
from urllib.parse import quote_plus, urlsplit

from adapters.slack.inbound import callback_of
from adapters.slack.words import UMBRELLA
from bot.engine.command import Shortcut
from bot.engine.family import Family
from bot.engine.registry import Registry
from bot.engine.role import Role
from bot.ui.languages import SOURCE
from bot.ui.voice import say

EVENTS_PATH, PAGE_PATH, BACK_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"
NEW_APP = "https://api.slack.com/apps"
SCOPES = {
    "commands": "people type commands and use shortcuts",
    "chat:write": "the bot posts the digest and writes private messages",
    "users:read": "the bot reads a person's language, time zone and whether they are an admin",
}
OPTIONAL_SCOPES = {
    "files:write": "the digest comes with its chart, and files reach the member as files; without it, as text",
    "files:read": "a member can bring a list as a file in a form; without it, they paste its rows",
    "channels:history": "after a lost answer, the bot looks in a public digest channel instead of asking you",
    "groups:history": "the same in a private digest channel",
}
HOME_EVENTS, EVENTS = ("app_home_opened",), ("app_uninstalled", "tokens_revoked")
ORGANISATION_EVENTS = ("team_access_granted", "team_access_revoked")
"""That an organisation gave the app one more of its workspaces, or took one away."""
USAGE, DESCRIPTION = 1000, 2000
Plain: TypeAlias = dict[str, "Plain"] | list["Plain"] | str | int
"""What a manifest is made of; yes and no are numbers too."""
_PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z/][\w /|.,?'-]*(?::\w+)?", re.IGNORECASE)
"""A text that YAML reads as it stands."""


def manifest(registry: Registry, address: str | None = None, *, for_everybody: bool = False) -> dict[str, Any]:
    """Make the manifest; with an address Slack calls it, without one the bot calls Slack.

    Args:
        registry: the product.
        address: the public address of the bot, such as https://circle.example.org.
        for_everybody: whether any workspace and organisation may add the app, which needs an address.
    """
    url = {"url": f"{address.rstrip('/')}{EVENTS_PATH}"} if address else {}
    request_url = {"request_url": url["url"]} if url else {}
    home = registry.role(Role.HOME) is not None
    events = [*(HOME_EVENTS if home else ()), *EVENTS, *(ORGANISATION_EVENTS if for_everybody else ())]
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Hello Circle",
            "description": "A weekly habit for people who look for work: find people, ask well, meet, say thanks.",
            "background_color": "#22425f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": home,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Hello Circle", "always_online": True},
            "shortcuts": [_shortcut(command.shortcut) for command in registry if command.shortcut is not None],
            "slash_commands": [
                _umbrella(registry, url),
                *(_family(registry, family, url) for family in registry.families if family.stands_alone),
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{str(address).rstrip('/')}{BACK_PATH}"]} if for_everybody else {}),
            "scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)},
        },
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": events},
            "interactivity": {
                "is_enabled": True,
                **request_url,
                **({"message_menu_options_url": url["url"]} if url else {}),
            },
            "org_deploy_enabled": for_everybody,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": for_everybody,
        },
    }


def is_address(address: str) -> bool:
    """Tell whether Slack can call an address: https, a name, and no spaces."""
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname) and not any(letter.isspace() for letter in address)


def written(registry: Registry, address: str | None = None, *, for_everybody: bool = False) -> str:
    """Write the manifest as JSON, as it is kept in the repository."""
    return json.dumps(manifest(registry, address, for_everybody=for_everybody), ensure_ascii=False, indent=2) + "\n"


def link(registry: Registry, address: str | None = None, *, for_everybody: bool = False) -> str:
    """Make the link that opens Slack's page with the manifest filled in; as YAML it is a quarter shorter."""
    lines = "\n".join(_as_yaml(manifest(registry, address, for_everybody=for_everybody)))
    return f"{NEW_APP}?new_app=1&manifest_yaml={quote_plus(lines, safe=':,/')}"


def _as_yaml(value: Plain, deep: str = "") -> Iterator[str]:
    """Write plain data as lines of YAML, with no more letters than it needs."""
    if isinstance(value, dict):
        for name, item in value.items():
            lines = list(_as_yaml(item, deep + " " if isinstance(item, dict) else deep))
            yield from [f"{deep}{name}:", *lines] if isinstance(item, dict | list) else [f"{deep}{name}: {lines[0]}"]
    elif isinstance(value, list):
        for item in value:
            first, *others = _as_yaml(item, deep + "  ")
            yield f"{deep}- {first.strip()}"
            yield from others
    else:
        yield value if isinstance(value, str) and _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _shortcut(shortcut: Shortcut) -> dict[str, Any]:
    return {
        "name": say(shortcut.name, SOURCE),
        "type": "message" if shortcut.takes else "global",
        "callback_id": callback_of(shortcut),
        "description": say(shortcut.about, SOURCE),
    }


def _umbrella(registry: Registry, url: dict[str, str]) -> dict[str, Any]:
    names = (family.name for family in registry.families)
    return _command(UMBRELLA, "Everything Hello Circle can do", names, url)


def _family(registry: Registry, family: Family, url: dict[str, str]) -> dict[str, Any]:
    words = (command.name.split(maxsplit=1)[1] for command in registry.of_family(family.name) if " " in command.name)
    return _command(family.name, say(family.about, SOURCE), words, url)


def _command(name: str, description: str, words: Iterable[str], url: dict[str, str]) -> dict[str, Any]:
    return {
        "command": f"/{name}",
        "description": description[:DESCRIPTION],
        "usage_hint": " | ".join(words)[:USAGE],
        # Names of channels and people arrive as their ids.
        "should_escape": True,
        **url,
    }

"""What `/` offers: on Discord each command with its typed options, on Slack the slash commands of the manifest."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from adapters.discord.commands import GROUP, SUB_COMMAND, locales_of, payloads
from adapters.slack.manifest import manifest
from bot.engine.registry import Registry

WinVisibility: TypeAlias = dict[str, Any]
KINDS = {3: "words", 4: "number", 5: "yes-no", 6: "person", 7: "channel", 11: "file"}
"""What Discord asks for, by the number of its type."""


@lru_cache(maxsize=16)
def discord_menu(registry: Registry, language: str) -> list[WinVisibility]:
    """List every command as Discord's menu does, in a language."""
    locale = next(iter(locales_of(language)), "")
    return [shown for payload in payloads(registry) for shown in _leaves(payload, locale)]


@lru_cache(maxsize=16)
def slack_menu(registry: Registry) -> list[WinVisibility]:
    """List the slash commands as Slack's menu does, which is English."""
    return [
        {"shown": command["command"], "about": command["description"], "hint": command["usage_hint"]}
        for command in manifest(registry)["features"]["slash_commands"]
    ]


@lru_cache(maxsize=16)
def slack_shortcuts(registry: Registry) -> list[WinVisibility]:
    """List the shortcuts that Slack shows, of a message and of the line where one types."""
    return [
        {
            "id": shortcut["callback_id"],
            "shown": shortcut["name"],
            "about": shortcut["description"],
            "kind": shortcut["type"],
        }
        for shortcut in manifest(registry)["features"]["shortcuts"]
    ]


def _leaves(family: WinVisibility, locale: str) -> Iterator[WinVisibility]:
    for_organisers = family["default_member_permissions"] is not None
    for names, shown, node in _walk(family, locale, (), ()):
        options = node.get("options", ())
        yield {
            "name": " ".join(names),
            "shown": f"/{' '.join(shown)}",
            "about": _said(node, "description", locale),
            "organisers": for_organisers,
            "options": [_option(option, locale) for option in options if option["type"] in KINDS],
        }


def _walk(
    node: WinVisibility, locale: str, names: tuple[str, ...], shown: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], WinVisibility]]:
    names, shown = (*names, node["name"]), (*shown, _said(node, "name", locale))
    inner: Sequence[WinVisibility] = [
        option for option in node.get("options", ()) if option["type"] in {SUB_COMMAND, GROUP}
    ]
    if not inner:
        yield names, shown, node
    for option in inner:
        yield from _walk(option, locale, names, shown)


def _option(option: WinVisibility, locale: str) -> WinVisibility:
    return {
        "name": option["name"],
        "shown": _said(option, "name", locale),
        "about": _said(option, "description", locale),
        "kind": KINDS[option["type"]],
        "required": option["required"],
        "offers": bool(option.get("autocomplete")),
        "choices": [
            {"shown": _said(choice, "name", locale), "value": choice["value"]} for choice in option.get("choices", ())
        ],
        **{bound: option[bound] for bound in ("min_value", "max_value", "max_length") if bound in option},
    }


def _said(node: WinVisibility, key: str, locale: str) -> str:
    localised: dict[str, str] = node.get(f"{key}_localizations") or {}
    return localised.get(locale) or str(node[key])

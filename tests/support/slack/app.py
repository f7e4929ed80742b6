"""What Slack knows of the app from its manifest: commands, shortcuts, scopes, events, the home tab."""

from dataclasses import dataclass, field
from typing import Any, Literal

SCOPES = frozenset({
    "commands", "chat:write", "users:read", "im:write", "files:read", "files:write", "channels:read", "channels:history",
    "groups:read", "groups:history", "im:read", "im:history",
})  # fmt: skip
EVENTS = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked", "app_mention", "message.im"})


@dataclass(frozen=True)
class Shortcut:
    name: str
    callback_id: str
    kind: Literal["global", "message"]


@dataclass(frozen=True)
class App:
    """An installed app; with no commands named, every command goes to it."""

    commands: dict[str, bool] | None = None
    """Each command with its `should_escape`."""
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = SCOPES
    events: frozenset[str] = EVENTS
    home: bool = True
    manifest: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_manifest(cls, manifest: dict[str, Any], *, optional: bool = False) -> "App":
        """Install an app from its manifest, with the scopes an organiser may leave out or without."""
        features, settings = manifest["features"], manifest["settings"]
        scopes = manifest["oauth_config"]["scopes"]
        return cls(
            commands={
                command["command"]: command.get("should_escape", False)
                for command in features.get("slash_commands", ())
            },
            shortcuts=tuple(
                Shortcut(shortcut["name"], shortcut["callback_id"], shortcut["type"])
                for shortcut in features.get("shortcuts", ())
            ),
            scopes=frozenset(scopes["bot"]) | frozenset(scopes.get("bot_optional", ()) if optional else ()),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            home=features.get("app_home", {}).get("home_tab_enabled", False),
            manifest=manifest,
        )

    def shortcut(self, name: str) -> Shortcut:
        for shortcut in self.shortcuts:
            if name in {shortcut.name, shortcut.callback_id}:
                return shortcut
        raise AssertionError(
            f"the manifest has no shortcut {name!r}; it has {[shortcut.name for shortcut in self.shortcuts]}"
        )

    def escapes(self, command: str) -> bool:
        """Say if a command's text comes with `<@U…>`; a command that is not there is the person's error."""
        if self.commands is None:
            return True
        if command not in self.commands:
            raise AssertionError(f"Slack says: {command} is not a valid command. There are {sorted(self.commands)}")
        return self.commands[command]

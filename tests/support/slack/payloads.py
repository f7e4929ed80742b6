"""What Slack sends to an app: commands, presses, forms, shortcuts and events, as its servers write them."""

import re
from typing import Any

from tests.support.slack.api import chat, views
from tests.support.slack.workspace import APP, BOT_USER, Channel, Message, User, View, Workspace

VERIFICATION = "verification-token"
COMMON = {"token": VERIFICATION, "api_app_id": APP}


class Payloads:
    """Writes payloads about what people in a workspace do."""

    def __init__(self, workspace: Workspace, base: str) -> None:
        self._workspace = workspace
        self._base = base

    def _url(self, user: str, channel: str, message: str | None = None) -> str:
        return f"{self._base}/respond/{self._workspace.hook(user, channel, message)}"

    def _who(self, user: User) -> dict[str, Any]:
        return {"id": user.id, "username": user.name, "name": user.name, "team_id": self._workspace.team}

    def _common(self, user: User) -> dict[str, Any]:
        organisation = self._workspace.organisation
        return COMMON | {
            # For a whole organisation, Slack leaves the workspace out here.
            "team": None if organisation else {"id": self._workspace.team, "domain": "circle"},
            "enterprise": {"id": organisation, "name": "Newcomers of the country"} if organisation else None,
            "is_enterprise_install": organisation is not None,
            "user": self._who(user),
        }

    def command(self, user: User, channel: Channel, command: str, text: str, *, escape: bool) -> dict[str, Any]:
        return COMMON | {
            "team_id": self._workspace.team,
            "team_domain": "circle",
            "channel_id": channel.id,
            "channel_name": "privategroup" if channel.private and not channel.direct else channel.name,
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": self.escaped(text) if escape else text,
            **self._organisation("enterprise_id"),
            "is_enterprise_install": "true" if self._workspace.organisation else "false",
            "response_url": self._url(user.id, channel.id),
            "trigger_id": self._workspace.trigger(user.id),
        }

    def escaped(self, text: str) -> str:
        """Escape what a person typed, and make their @names and #channels into ids."""
        names = {f"@{user.name}": f"<@{user.id}|{user.name}>" for user in self._workspace.users.values()}
        names |= {f"#{c.name}": f"<#{c.id}|{c.name}>" for c in self._workspace.channels.values() if not c.direct}
        plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"[@#][\w.-]+", lambda mention: names.get(mention.group(0), mention.group(0)), plain)

    def press_on_message(self, user: User, message: Message, action: dict[str, Any]) -> dict[str, Any]:
        channel = self._workspace.channels[message.channel]
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        }
        payload = self._common(user) | {
            "type": "block_actions",
            "container": container,
            "trigger_id": self._workspace.trigger(user.id),
            "channel": {"id": channel.id, "name": channel.name},
            "response_url": self._url(user.id, channel.id, message.ts),
            "state": {"values": {}},
            "actions": [action],
        }
        # Slack leaves an ephemeral message out.
        return payload if message.only_for else payload | {"message": chat.shown(message)}

    def press_on_view(self, user: User, view: View, action: dict[str, Any]) -> dict[str, Any]:
        return self._common(user) | {
            "type": "block_actions",
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._workspace.trigger(user.id, view.id if view.payload["type"] == "modal" else None),
            "view": views.shown(view, self._workspace),
            "actions": [action],
        }

    def submission(self, user: User, view: View) -> dict[str, Any]:
        urls = []
        for block in view.payload["blocks"]:
            element = block.get("element", {})
            state = view.values.get((block["block_id"], element.get("action_id", "")), {})
            channel = state.get("selected_channel") or state.get("selected_conversation")
            if element.get("response_url_enabled") and channel:
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel,
                        "response_url": self._url(user.id, channel),
                    }
                )
        return self._common(user) | {
            "type": "view_submission",
            "trigger_id": self._workspace.trigger(user.id, view.id),
            "view": views.shown(view, self._workspace),
            "response_urls": urls,
        }

    def closed(self, user: User, view: View, *, cleared: bool) -> dict[str, Any]:
        return self._common(user) | {
            "type": "view_closed",
            "view": views.shown(view, self._workspace),
            "is_cleared": cleared,
        }

    def suggestion(self, user: User, view: View, block: str, action: str, value: str) -> dict[str, Any]:
        return self._common(user) | {
            "type": "block_suggestion",
            "container": {"type": "view", "view_id": view.id},
            "action_id": action,
            "block_id": block,
            "value": value,
            "view": views.shown(view, self._workspace),
        }

    def shortcut(self, user: User, callback_id: str) -> dict[str, Any]:
        return self._common(user) | {
            "type": "shortcut",
            "action_ts": self._workspace.ts(),
            "callback_id": callback_id,
            "trigger_id": self._workspace.trigger(user.id),
        }

    def message_action(self, user: User, callback_id: str, message: Message) -> dict[str, Any]:
        channel = self._workspace.channels[message.channel]
        return self._common(user) | {
            "type": "message_action",
            "action_ts": self._workspace.ts(),
            "callback_id": callback_id,
            "trigger_id": self._workspace.trigger(user.id),
            "response_url": self._url(user.id, channel.id),
            "channel": {"id": channel.id, "name": channel.name},
            "message_ts": message.ts,
            "message": chat.shown(message),
        }

    def _organisation(self, name: str) -> dict[str, Any]:
        return {name: self._workspace.organisation} if self._workspace.organisation else {}

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        return COMMON | {
            "team_id": self._workspace.team,
            "context_team_id": self._workspace.team,
            **self._organisation("enterprise_id"),
            "type": "event_callback",
            "event": event,
            "event_id": self._workspace.number("Ev"),
            "event_time": int(self._workspace.now()),
            "authorizations": [
                {
                    "enterprise_id": self._workspace.organisation,
                    "team_id": self._workspace.team,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": self._workspace.organisation is not None,
                }
            ],
            "is_ext_shared_channel": False,
        }

    def home_opened(self, user: User) -> dict[str, Any]:
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._workspace.direct(user.id).id,
            "tab": "home",
            "event_ts": self._workspace.ts(),
        }
        home = self._workspace.homes.get(user.id)
        if home is not None:
            event["view"] = views.shown(home, self._workspace)
        return self.event(event)


def action_of(
    block: dict[str, Any], element: dict[str, Any], ts: str, chosen: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Write what was pressed or chosen."""
    action = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": ts,
    }
    if element["type"] == "button":
        action["text"] = element["text"]
        action |= {name: element[name] for name in ("value", "style", "url") if name in element}
    return action | (chosen or {})

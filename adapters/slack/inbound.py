"""Turns what Slack delivers into invocations; it decides nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.slack import form
from adapters.slack.dialect import is_channel
from adapters.slack.words import PLATFORM, UMBRELLA, stands_alone
from bot.engine.command import Shortcut
from bot.engine.invocation import (
    CalledCommand,
    Invocation,
    Place,
    PressedButton,
    Request,
    Sender,
    SubmittedForm,
    TypedLine,
)
from bot.engine.registry import Registry
from bot.ui.languages import SOURCE
from bot.ui.voice import say

Payload = Mapping[str, Any]

UNINSTALLED = "app_uninstalled"
TEAM_GIVEN, TEAM_TAKEN = "team_access_granted", "team_access_revoked"
_ENTITY = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class SlackDelivery:
    """One delivery: the invocation in it, and how it may be answered."""

    invocation: Invocation
    trigger: str = ""
    """Opens one modal, within three seconds."""
    response_url: str = ""
    """Answers where it was asked; none for what was done in a modal or on the home page."""
    view: str = ""
    """The modal it was done in."""
    fields: frozenset[str] = frozenset()
    """The questions of that modal."""
    at_home: bool = False
    files: Mapping[str, Payload] = field(default_factory=dict[str, Payload])
    """What Slack tells of the files in that modal, by their ids."""
    is_private: bool = False
    """Whether nobody else sees the message it was pressed in."""
    pressed: str = ""
    """The button, by its place in that message."""
    blocks: Sequence[dict[str, Any]] = ()
    """What stands in that message, where Slack tells it."""

    @property
    def team(self) -> str:
        """The workspace."""
        return self.invocation.place.community

    @property
    def user(self) -> str:
        """The person."""
        return self.invocation.sender.user


@dataclass(frozen=True, slots=True)
class MenuQuery:
    """A menu that asks what fits what has been typed."""

    invocation: Invocation
    command: str
    param: str
    typed: str


def command(body: Payload) -> SlackDelivery:
    """Read a slash command."""
    name, text = str(body.get("command", "")).removeprefix("/").lower(), str(body.get("text", "")).strip()
    # Whatever else the app's commands are called, they are other names of the umbrella.
    line = f"/{name} {text}".strip() if stands_alone(name) else f"/{UMBRELLA} {text}".strip()
    request = TypedLine(line, as_typed)
    user, who = str(body.get("user_id", "")), str(body.get("user_name", ""))
    place = _place(str(body.get("team_id", "")), str(body.get("team_domain", "")))
    trigger = str(body.get("trigger_id", ""))
    invocation = Invocation(f"command:{trigger}", place, Sender(user, who), request)
    return SlackDelivery(invocation, trigger, str(body.get("response_url", "")))


def press(body: Payload) -> SlackDelivery | None:
    """Read a pressed button or a choice of a menu; None when it carries nothing of ours."""
    actions: Sequence[Payload] = body.get("actions", ())
    token, pressed = next(
        ((str(value), str(action.get("action_id", ""))) for action in actions if (value := _carried(action))), ("", "")
    )
    if not token:
        return None
    view: Payload = body.get("view") or {}
    message: Payload = body.get("message") or {}
    container: Payload = body.get("container") or {}
    direct = str(container.get("channel_id", "")).startswith("D")
    return SlackDelivery(
        _invocation(body, f"press:{body.get('trigger_id', '')}", PressedButton(token)),
        str(body.get("trigger_id", "")),
        str(body.get("response_url", "")),
        view=str(view.get("id", "")) if view.get("type") == "modal" else "",
        at_home=view.get("type") == "home",
        is_private=bool(container.get("is_ephemeral")) or direct,
        pressed=pressed,
        blocks=message.get("blocks") or (),
    )


def _carried(action: Payload) -> Any:
    chosen: Payload = action.get("selected_option") or action
    return chosen.get("value")


def submission(body: Payload) -> SlackDelivery:
    """Read a submitted modal."""
    view: Payload = body["view"]
    state: Payload = view.get("state", {})
    request = SubmittedForm(str(view.get("private_metadata", "")), form.read(state))
    delivery = f"view:{view.get('id', '')}:{view.get('hash', '')}"
    return SlackDelivery(
        _invocation(body, delivery, request),
        view=str(view.get("id", "")),
        fields=frozenset(form.fields_of(view)),
        files=form.files_in(state),
    )


def callback_of(shortcut: Shortcut) -> str:
    """Name a shortcut for Slack; workspaces that have it send this, so it must not change."""
    return say(shortcut.name, SOURCE).lower().replace(" ", "-")


def shortcut(body: Payload, registry: Registry) -> SlackDelivery | None:
    """Read a shortcut: it opens the form of its command, with the message's text in it if there is one."""
    command = next(
        (
            invocation
            for invocation in registry
            if invocation.shortcut and callback_of(invocation.shortcut) == body.get("callback_id")
        ),
        None,
    )
    if command is None or command.shortcut is None:
        return None
    text = as_typed(str(body.get("message", {}).get("text", "")))
    takes = command.shortcut.takes
    request = CalledCommand(command.name, {takes: text} if takes and text else {}, ask=True)
    trigger = str(body.get("trigger_id", ""))
    invocation = _invocation(body, f"shortcut:{trigger}", request)
    return SlackDelivery(invocation, trigger, str(body.get("response_url", "")))


def wanted(body: Payload) -> MenuQuery | None:
    """Read a menu's question for suggestions."""
    named = form.suggested(str(body.get("action_id", "")))
    if named is None:
        return None
    return MenuQuery(_invocation(body, "", TypedLine("")), *named, str(body.get("value", "")))


def opened_home(body: Payload) -> SlackDelivery | None:
    """Read that a person opened the home page."""
    event: Payload = body.get("event", {})
    if event.get("type") != "app_home_opened" or event.get("tab", "home") != "home":
        return None
    return SlackDelivery(home(str(body.get("team_id", "")), str(event.get("user", "")), str(body.get("event_id", ""))))


def ended(body: Payload) -> str | None:
    """Read that the workspace took the bot away: the event that says so."""
    event: Payload = body.get("event", {})
    kind = str(event.get("type"))
    # A person's own token is no matter of ours.
    tokens: Payload = event.get("tokens") or {}
    return kind if kind == UNINSTALLED or (kind == "tokens_revoked" and tokens.get("bot")) else None


def home(team: str, user: str, delivery: str = "") -> Invocation:
    """Make the invocation for which a home page is written; what it shows is filled in later."""
    return Invocation(f"home:{delivery}", _place(team), Sender(user, ""), TypedLine(""))


def team_of(body: Payload) -> str:
    """Tell which workspace a delivery comes from."""
    # What is done where the app is installed for a whole organisation may name the workspace only here.
    named: Sequence[Payload] = [body.get(part) or {} for part in ("team", "user", "view")]
    return str(body.get("team_id") or named[0].get("id") or next((n["team_id"] for n in named if n.get("team_id")), ""))


def organisation_of(body: Payload) -> str:
    """Tell which organisation of workspaces a delivery comes from; nothing where there is none."""
    organisation: Payload = body.get("enterprise") or {}
    team: Payload = body.get("team") or {}
    allowed: Sequence[Payload] = body.get("authorizations") or ()
    named = [body, team, *allowed]
    return str(organisation.get("id") or next((n["enterprise_id"] for n in named if n.get("enterprise_id")), ""))


def changed_teams(body: Payload, kind: str) -> Sequence[str]:
    """Read which workspaces an organisation gave to the app, or took from it, by the kind of the event."""
    event: Payload = body.get("event", {})
    return [str(team) for team in event.get("team_ids") or ()] if event.get("type") == kind else ()


def as_typed(text: str) -> str:
    """Undo what Slack did to the text: entities become words again."""

    def words(entity: re.Match[str]) -> str:
        mark, target, label = entity.groups()
        if not mark:
            return label or target
        return f"{'#' if mark == '#' else '@'}{label or target}"

    plain = _ENTITY.sub(words, text)
    # `&amp;` last, or "&amp;lt;", which stands for a typed "&lt;", would become "<".
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _place(team: str, name: str = "") -> Place:
    return Place(PLATFORM, team, name, is_channel=is_channel)


def _invocation(body: Payload, delivery: str, request: Request) -> Invocation:
    team: Payload = body.get("team") or {}
    user: Payload = body.get("user") or {}
    sender = Sender(str(user.get("id", "")), str(user.get("name") or user.get("username") or ""))
    return Invocation(delivery, _place(team_of(body), str(team.get("domain", ""))), sender, request)

"""What one person sees: messages, the open modal, the home tab, and what can be pressed in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.slack.blocks.words import pings, read, read_mrkdwn, seen_in
from tests.support.slack.fields import Field, fields_of
from tests.support.slack.workspace import Message, User, View, Workspace, elements_of


@dataclass(frozen=True)
class Pressable:
    """Something to press or choose from: where it is, and what it is."""

    label: str
    block: dict[str, Any]
    element: dict[str, Any]
    message: Message | None = None
    view: View | None = None

    @property
    def url(self) -> str | None:
        """Where a link button leads."""
        return self.element.get("url")

    @property
    def labels(self) -> list[str]:
        """What can be pressed: the button, or each thing a menu has to choose from."""
        options = self.element.get("options") if self.element["type"] == "static_select" else None
        return [read(option["text"]) for option in options] if options else [self.label]


@dataclass(frozen=True)
class Seen:
    """One message as a person sees it."""

    message: Message
    where: str
    text: str
    """What is read in it; with blocks, the blocks."""
    pressables: list[Pressable]

    @property
    def notification(self) -> str:
        """The words of the notification, which are all a screen reader reads."""
        return read_mrkdwn(self.message.payload.get("text") or "")

    @property
    def buttons(self) -> list[str]:
        return [label for pressable in self.pressables for label in pressable.labels]

    @property
    def only_for_me(self) -> bool:
        """Whether the message is ephemeral."""
        return self.message.only_for is not None

    @property
    def direct(self) -> bool:
        """Whether it is in the person's own conversation with the bot."""
        return self.message.channel.startswith("D")

    @property
    def files(self) -> list[str]:
        """The alt texts of pictures, or the names of files without one."""
        return [file.alt_text or file.name for file in self.message.files]

    @property
    def pings(self) -> list[str]:
        return pings(self.message.payload)


@dataclass(frozen=True)
class Page:
    """A modal or the home tab as a person sees it."""

    view: View
    title: str
    text: str
    fields: list[Field]
    pressables: list[Pressable]

    @property
    def submit(self) -> str | None:
        """The label of the button that submits; None when there is none."""
        return read(self.view.payload["submit"]) if self.view.payload.get("submit") else None

    @property
    def buttons(self) -> list[str]:
        return [label for pressable in self.pressables for label in pressable.labels]

    @property
    def errors(self) -> dict[str, str]:
        """What stands in place under fields, by their labels."""
        return {field.label: field.error for field in self.fields if field.error}

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their labels."""
        return {field.label: field.value for field in self.fields}

    @property
    def pings(self) -> list[str]:
        return pings(self.view.payload)


@dataclass(frozen=True)
class Screen:
    """Everything a person can see now."""

    messages: list[Seen]
    modal: Page | None
    home: Page | None
    errors: list[str]
    """What Slack itself said, like `operation_timeout`."""

    @property
    def last(self) -> Seen:
        """The newest message."""
        if not self.messages:
            raise AssertionError("this person sees no message")
        return self.messages[-1]

    @property
    def text(self) -> str:
        """All that can be read: the messages, then the modal."""
        parts = [message.text for message in self.messages]
        if self.modal is not None:
            parts.append(f"{self.modal.title}\n{self.modal.text}")
        return "\n\n".join(parts)

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def pressables(self) -> Iterator[Pressable]:
        """List what can be pressed: in the modal alone when one is open, else newest first, then at home."""
        if self.modal is not None:
            yield from self.modal.pressables
            return
        for message in reversed(self.messages):
            yield from message.pressables
        if self.home is not None:
            yield from self.home.pressables


def screen(workspace: Workspace, user: User, errors: list[str]) -> Screen:
    """Look at the workspace with the eyes of a person."""
    stack = workspace.stacks.get(user.id) or []
    home = workspace.homes.get(user.id)
    return Screen(
        [_seen(workspace, message) for message in workspace.messages if may_see(workspace, user, message)],
        _page(workspace, stack[-1]) if stack else None,
        _page(workspace, home) if home else None,
        list(errors),
    )


def may_see(workspace: Workspace, user: User, message: Message) -> bool:
    if message.only_for is not None:
        return message.only_for == user.id
    return user.id in workspace.channels[message.channel].members


def _seen(workspace: Workspace, message: Message) -> Seen:
    blocks = message.payload.get("blocks")
    if blocks:
        text = seen_in(blocks, workspace.name_of)
    else:
        text = read_mrkdwn(message.payload.get("text") or message.payload.get("markdown_text") or "", workspace.name_of)
    pressables = list(_pressables(blocks, message=message))
    return Seen(message, workspace.channels[message.channel].name, text, pressables)


def _page(workspace: Workspace, view: View) -> Page:
    blocks = view.payload["blocks"]
    title = read(view.payload.get("title"))
    text = seen_in(blocks, workspace.name_of)
    return Page(view, title, text, fields_of(view, workspace), list(_pressables(blocks, view=view)))


def _pressables(blocks: Any, message: Message | None = None, view: View | None = None) -> Iterator[Pressable]:
    for block in blocks or []:
        if block["type"] == "input":
            continue
        for element in elements_of(block):
            if element["type"] != "image":
                label = read(element.get("text")) or read(element.get("placeholder")) or element["type"]
                yield Pressable(label, block, element, message, view)

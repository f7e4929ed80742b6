"""People in the workspace: they type, press, fill in and look; each act returns when the bot has answered it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from tests.support.slack import settling
from tests.support.slack.delivery import Ack, Kind
from tests.support.slack.fields import Field, fields_of, filled, missing, options_of
from tests.support.slack.payloads import action_of
from tests.support.slack.screen import Page, Pressable, Screen, Seen, may_see, screen
from tests.support.slack.submitting import options_from, shown_by_ack, submitted
from tests.support.slack.workspace import Channel, Message, User, View

if TYPE_CHECKING:
    from tests.support.slack.server import Slack


class Person:
    """Somebody in the workspace; made by `slack.person(name)`."""

    def __init__(self, slack: "Slack", user: User) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self._errors: list[str] = []
        self.user = user
        self.id = user.id

    @property
    def sees(self) -> Screen:
        """What this person can see now."""
        return screen(self._workspace, self.user, self._errors)

    async def types(self, text: str, channel: Channel | str | None = None, *, quiet: bool = False) -> Screen:
        """Type a command, in #general unless said otherwise; `quiet` when no answer is to be waited for."""
        where = self._channel(channel)
        command, _, argument = text.partition(" ")
        if not command.startswith("/"):
            raise AssertionError(f"{text!r} is no command; use `says` for a message")
        escape = self._slack.app.escapes(command)
        payload = self._slack.payloads.command(self.user, where, command, argument.strip(), escape=escape)
        async with self._acting(visible=not quiet):
            ack = await self._deliver("slash_commands", payload)
            shown_by_ack(self._slack, payload, ack)
        return self.sees

    def says(self, text: str, channel: Channel | str | None = None) -> Message:
        """Write a message that is no command; the bot does not hear of it."""
        written = self._slack.payloads.escaped(text)
        return self._workspace.add_message(self._channel(channel).id, self.id, {"text": written}, "person")

    async def presses(self, label: str, on: Seen | Page | None = None, *, quiet: bool = False) -> Screen:
        """Press a button, or choose from a menu: in the open modal, else in the newest message that has it, else at home."""
        control = self._find(label, on)
        offered = options_of(control.element)
        chosen = (
            filled(control.element, label, self._workspace, offered) if offered and label != control.label else None
        )
        await self._act_on(control, chosen, quiet=quiet or control.url is not None)
        return self.sees

    async def fills(self, values: Mapping[str, Any] | None = None, /, **named: Any) -> Screen:
        """Fill in fields of the open modal, called by label, block id or action id; None empties one."""
        for name, value in {**(values or {}), **named}.items():
            view = self._modal()
            field = self._field(view, name)
            offered = options_of(field.element)
            if "external" in field.kind and value is not None:
                offered = await self.looks_up(name, value if isinstance(value, str) else value[0])
            state = filled(field.element, value, self._workspace, offered)
            view.values[field.name, field.action] = state
            view.errors.pop(field.name, None)
            if field.block.get("dispatch_action"):
                await self._act_on(Pressable(name, field.block, field.element, view=view), state, quiet=False)
        return self.sees

    async def looks_up(self, name: str, typed: str) -> list[dict[str, Any]]:
        """Type into a menu that the bot fills, and give the options it offers."""
        view = self._modal()
        field = self._field(view, name)
        if len(typed) < field.element.get("min_query_length", 3):
            raise AssertionError(
                f"Slack asks the bot only from {field.element.get('min_query_length', 3)} characters on"
            )
        payload = self._slack.payloads.suggestion(self.user, view, field.name, field.action, typed)
        return options_from(self._slack, await self._deliver("interactive", payload))

    async def submits(self, values: Mapping[str, Any] | None = None, /, **named: Any) -> Screen:
        """Fill in and submit the open modal; what Slack's client finds missing stays in place and is not sent."""
        await self.fills(values, **named)
        view = self._modal()
        if not view.payload.get("submit"):
            raise AssertionError("this modal has nothing to submit")
        view.errors = missing(view, self._workspace)
        if view.errors:
            return self.sees
        async with self._acting(visible=True):
            ack = await self._deliver("interactive", self._slack.payloads.submission(self.user, view))
            submitted(self._slack, self.user, view, ack)
        return self.sees

    async def closes(self) -> Screen:
        """Close the modal on top; the one below is seen again."""
        view = self._modal()
        cleared = bool(view.payload.get("clear_on_close"))
        stack = self._workspace.stacks[self.id]
        gone = list(stack) if cleared else [view]
        for view in reversed(gone):
            stack.remove(view)
        async with self._acting(visible=False):
            for view in gone:
                if view.payload.get("notify_on_close"):
                    await self._deliver("interactive", self._slack.payloads.closed(self.user, view, cleared=cleared))
        return self.sees

    async def opens_home(self) -> Screen:
        """Open the home tab; the first time, the bot must publish something to see."""
        if "app_home_opened" not in self._slack.app.events or not self._slack.app.home:
            raise AssertionError("the app has no home tab, or does not hear of it: app_home_opened is missing")
        async with self._acting(visible=self.id not in self._workspace.homes):
            await self._deliver("events_api", self._slack.payloads.home_opened(self.user))
        return self.sees

    async def uses_shortcut(self, name: str, message: Message | Seen | None = None) -> Screen:
        """Use a shortcut of the manifest by its name: a global one, or one on a message."""
        shortcut = self._slack.app.shortcut(name)
        if (shortcut.kind == "message") != (message is not None):
            raise AssertionError(f"{name} is a {shortcut.kind} shortcut")
        if message is None:
            payload = self._slack.payloads.shortcut(self.user, shortcut.callback_id)
        else:
            on = message.message if isinstance(message, Seen) else message
            payload = self._slack.payloads.message_action(self.user, shortcut.callback_id, on)
        async with self._acting(visible=True):
            await self._deliver("interactive", payload)
        return self.sees

    async def until(self, words: str) -> Screen:
        """Wait until this person can read certain words, in a message, the modal or at home."""

        def can_read() -> bool:
            seen = self.sees
            return words in seen or (seen.home is not None and words in seen.home.text)

        await self._slack.changes.until(f"{self.user.name} to read {words!r}", can_read)
        return self.sees

    async def _deliver(self, kind: Kind, payload: dict[str, Any]) -> Ack:
        ack = await self._slack.deliver(kind, payload)
        if ack.error is not None:
            self._errors.append(ack.error)
            raise AssertionError(f"the bot did not acknowledge: {ack.error}\n{self._slack.transcript()}")
        return ack

    @asynccontextmanager
    async def _acting(self, *, visible: bool) -> AsyncIterator[None]:
        """Act, and wait until the bot is done and, if wanted, showed this person something."""
        tasks, looks = settling.tasks(), self._looks()
        yield
        await self._slack.settled(tasks)
        if visible and self._looks() == looks:
            await self._slack.changes.until(f"{self.user.name} to see something", lambda: self._looks() != looks)
            await self._slack.settled(tasks)

    def _looks(self) -> tuple[Any, ...]:
        """Sum up what this person sees, to know when it changes."""
        workspace = self._workspace
        messages = [
            (message.ts, message.edits, len(message.files))
            for message in workspace.messages
            if may_see(workspace, self.user, message)
        ]
        views = [
            (shown_view.id, shown_view.hash, tuple(shown_view.errors))
            for shown_view in workspace.stacks.get(self.id, [])
        ]
        home = workspace.homes.get(self.id)
        return (tuple(messages), tuple(views), home and home.hash)

    async def _act_on(self, control: Pressable, chosen: dict[str, Any] | None, *, quiet: bool) -> None:
        action = action_of(control.block, control.element, self._workspace.ts(), chosen)
        if control.message is not None:
            payload = self._slack.payloads.press_on_message(self.user, control.message, action)
        else:
            assert control.view is not None
            if chosen is not None:
                control.view.values[action["block_id"], action["action_id"]] = chosen
            payload = self._slack.payloads.press_on_view(self.user, control.view, action)
        async with self._acting(visible=not quiet):
            ack = await self._deliver("interactive", payload)
            if ack.payload:
                self._slack.complain(f"a press was acknowledged with {ack.payload}, which Slack does not show")

    def _find(self, label: str, on: Seen | Page | None) -> Pressable:
        pressables = on.pressables if on is not None else list(self.sees.pressables())
        for pressable in pressables:
            if label in {pressable.label, pressable.element.get("action_id"), *pressable.labels}:
                return pressable
        raise AssertionError(
            f"{self.user.name} sees no {label!r}; there are {[pressable.label for pressable in pressables]}"
        )

    def _channel(self, channel: Channel | str | None) -> Channel:
        chosen = self._slack.general if channel is None else channel
        where = self._workspace.channel_named(chosen) if isinstance(chosen, str) else chosen
        if self.id not in where.members:
            raise AssertionError(f"{self.user.name} is not in #{where.name}")
        return where

    def _modal(self) -> View:
        stack = self._workspace.stacks.get(self.id)
        if not stack:
            raise AssertionError(f"{self.user.name} has no modal open. They see:\n{self.sees.text}")
        return stack[-1]

    def _field(self, view: View, name: str) -> Field:
        fields = fields_of(view, self._workspace)
        for field in fields:
            if name in {field.label, field.name, field.action}:
                return field
        raise AssertionError(f"no field {name!r}; there are {[(field.label, field.name) for field in fields]}")

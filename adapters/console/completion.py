"""Completes what is being typed in a terminal: commands, their values, and what fits each value."""

import re
from collections.abc import AsyncGenerator, Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from adapters.console.session import Session
from bot.core.params import Param
from bot.core.registry import AnyCommand, everything
from bot.core.rule import Kind
from bot.ui.voice import say

VERBS = ("as", "at", "monday", "channel", "speaks", "help", "quit")
_VALUE = re.compile(r"(?:^|\s)(\w+):(\"?)([^\"]*)$")


class LineCompleter(Completer):
    """Completes for the person who is typing at this moment."""

    def __init__(self, session: Session, who: Callable[[], str], people: Callable[[], Iterable[str]]) -> None:
        self._session, self._who, self._people = session, who, people

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Offer nothing without waiting; the library asks the other way first."""
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion]:
        """Offer what fits the text before the cursor."""
        text = document.text_before_cursor.lstrip()
        if not text.startswith("/"):
            for word in self._words(text):
                yield Completion(word, -len(text.split(" ")[-1]))
            return
        command = _command_in(text)
        if command is None:
            for made in everything().listed:
                if f"/{made.name} ".startswith(text):
                    yield Completion(f"/{made.name} ", -len(text), display_meta=say(made.description, "en"))
            return
        async for found in self._values(command, text):
            yield found

    def _words(self, text: str) -> Iterable[str]:
        if text.startswith("as "):
            return [name for name in self._people() if name.startswith(text[3:])]
        return [verb for verb in VERBS if verb.startswith(text)]

    async def _values(self, command: AnyCommand, text: str) -> AsyncGenerator[Completion]:
        open_value = _VALUE.search(text)
        param = next((p for p in command.named if open_value and p.name == open_value[1]), None)
        if open_value is None or param is None:
            last = text.rsplit(" ", maxsplit=1)[-1]
            for each in command.named:
                if f"{each.name}:" not in text and each.name.startswith(last):
                    yield Completion(f"{each.name}:", -len(last), display_meta=say(each.rule.label, "en"))
            return
        quote, typed = open_value[2], open_value[3]
        for shown, value in await self._fitting(command, param, typed):
            sent = f'"{value}" ' if " " in value or quote else f"{value} "
            yield Completion(sent, -len(quote + typed), display=shown)

    async def _fitting(self, command: AnyCommand, param: Param, typed: str) -> list[tuple[str, str]]:
        """Give what is shown and what is sent; names are sent as names, because ids say nothing to a person."""
        if param.rule.kind is Kind.PERSON:
            return [(name, f"@{name}") for name in self._people() if name.startswith(typed.removeprefix("@"))]
        if param.rule.choices():
            return [(value, value) for value, _ in param.rule.choices() if value.startswith(typed)]
        found = await self._session.offers(self._who(), command.name, param.name, typed)
        return [(each.label, each.label.split(" · ")[0]) for each in found]


def _command_in(text: str) -> AnyCommand | None:
    """Find the command that stands whole, with a space behind it, at the beginning of a line."""
    whole = [made for made in everything().listed if text.startswith(f"/{made.name} ")]
    return max(whole, key=lambda made: len(made.name), default=None)

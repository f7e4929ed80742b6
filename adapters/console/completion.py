"""Completes what is being typed in a terminal: commands, their values, and what fits each value."""

import re
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from adapters.console import verbs
from adapters.console.session import Session
from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.meant import command_meant, spellings_of, value_meant
from bot.engine.params import Param
from bot.engine.registry import Registry
from bot.engine.rule import Kind
from bot.letters import folded
from bot.ui.languages import SOURCE
from bot.ui.names import said_command, said_value
from bot.ui.voice import say

_NAMED_VALUE = re.compile(r"(?:^|\s)([\w-]+):")
_OPEN_VALUE = re.compile(r"(?:^|\s)([\w-]+):(\"?)([^\"]*)$")


class LineCompleter(Completer):
    """Completes for the person who is typing at this moment."""

    def __init__(self, session: Session, who: Callable[[], str], people: Callable[[], Iterable[str]]) -> None:
        self._session, self._who, self._people = session, who, people

    @property
    def _registry(self) -> Registry:
        return self._session.registry

    @property
    def _language(self) -> str:
        return self._session.language_of(self._who())

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Offer nothing: the library calls the asynchronous method below instead."""
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
        command = _command_in(text, self._registry)
        if command is None:
            for listed in await self._usable(self._registry.listed):
                names = dict.fromkeys((said_command(listed.name, self._language), listed.name))
                fitting = [name for name in names if folded(f"/{name}").startswith(folded(text))]
                if fitting:
                    meta = say(listed.description, self._language)
                    yield Completion(f"/{fitting[0]} ", -len(text), display_meta=meta)
            return
        for usable in await self._usable([command]):
            async for completion in self._values(usable, text):
                yield completion

    async def _usable(self, commands: Sequence[AnyCommand]) -> list[AnyCommand]:
        """Leave out what only organisers do, for whoever is none."""
        organiser = await self._session.organises(self._who())
        return [command for command in commands if organiser or command.access is Access.MEMBER]

    def _words(self, text: str) -> Iterable[str]:
        word, space, beginning = text.partition(" ")
        if space and verbs.meant(word) is verbs.BE:
            return [person for person in self._people() if person.startswith(beginning)]
        words = [verbs.word(verb, self._language) for verb in verbs.VERBS]
        return [word for word in words if word.startswith(text)]

    async def _values(self, command: AnyCommand, text: str) -> AsyncGenerator[Completion]:
        open_value = _OPEN_VALUE.search(text)
        spellings = spellings_of((param.name for param in command.named), command.name)
        meant = value_meant(open_value[1], spellings) if open_value else None
        param = next((param for param in command.named if param.name == meant), None)
        if open_value is None or param is None:
            last = text.rsplit(" ", maxsplit=1)[-1]
            already_named = {spellings.get(name) for name in _NAMED_VALUE.findall(text)}
            for candidate in command.named:
                own_name = said_value(candidate.name, self._language, command.name)
                if candidate.name not in already_named and (
                    own_name.startswith(last) or candidate.name.startswith(last)
                ):
                    yield Completion(f"{own_name}:", -len(last), display_meta=say(candidate.rule.label, self._language))
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
            choices = [(value, say(text, self._language)) for value, text in param.rule.choices()]
            own = choices if self._language != SOURCE else [(value, value) for value, _ in choices]
            return [(words, words) for value, words in own if any(x.startswith(typed) for x in (value, words))]
        suggestions = await self._session.offers(self._who(), command.name, param.name, typed)
        return [(suggestion.label, suggestion.label.split(" · ")[0]) for suggestion in suggestions]


def _command_in(text: str, registry: Registry) -> AnyCommand | None:
    """Find the command that stands whole, with a space behind it, at the beginning of a line."""
    words = text.removeprefix("/").split(" ")[:-1]
    return registry.get(" ".join(command_meant(words, registry)))

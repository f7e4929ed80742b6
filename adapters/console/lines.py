"""Reads lines at a terminal; of several that are pasted at once, one is read at a time."""

from collections import deque
from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer

Line = PromptSession[str]
Bar = Callable[[], str]
"""Writes the bar below a prompt: below a command, and below a question of a form."""


class LineReader:
    """The lines a person types, and those that wait because they were pasted or come instead of an answer."""

    def __init__(self, completer: Completer, bars: tuple[Bar, Bar], show: Callable[[str], None]) -> None:
        self._waiting: deque[str] = deque()
        self._show = show
        self._line: Line = PromptSession(completer=completer, complete_while_typing=True, bottom_toolbar=bars[0])
        self._field: Line = PromptSession(bottom_toolbar=bars[1])

    async def next(self, prompt: str) -> str:
        """Read the next command."""
        return await self._read(self._line, prompt, "")

    async def answer(self, question: str, at_first: str, *, long: bool) -> str:
        """Read the answer to a question; `at_first` can be edited, and a long answer may have several lines."""
        return await self._read(self._field, question, at_first, whole=long)

    def put_back(self, line: str) -> None:
        """Put a line back, to be read before all others."""
        self._waiting.appendleft(line)

    def clear(self) -> bool:
        """Drop the lines that wait; returns whether there were any, or something was being typed."""
        had = bool(self._waiting or self._line.default_buffer.text)
        self._waiting.clear()
        return had

    async def _read(self, session: Line, prompt: str, at_first: str, *, whole: bool = False) -> str:
        if self._waiting:
            line = self._waiting.popleft()
            self._show(f"{prompt}{line}")
            return line
        typed = await session.prompt_async(prompt, default=at_first)
        if whole:
            return typed
        first, *others = typed.splitlines() or [""]
        self._waiting.extend(line for line in others if line.strip())
        return first

"""Talks with the person at the terminal: says, asks, asks in secret, and waits; or does all of it without anybody."""

import asyncio
import sys
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from shutil import get_terminal_size

from prompt_toolkit import PromptSession
from prompt_toolkit.data_structures import Size
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.console import Console
from rich.text import Text as Styled

from adapters.findings import Finding
from bot.ui.text import Text, t
from bot.ui.voice import say


class Unsettled(Exception):
    """Something is wrong or missing, and nobody is there who could be asked."""

    def __init__(self, what: Text, mend: Text) -> None:
        super().__init__()
        self.what, self.mend = what, mend


class Dialogue:
    """Talks with a person at a terminal."""

    there = True
    """Whether somebody reads what is said."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.questions = 0
        """How many were asked."""
        self._console = Console(highlight=False, file=sys.stdout)
        self._line: PromptSession[str] | None = None

    def say(self, text: Text, *, before: str = "", style: str = "") -> None:
        """Say something; what is to be copied stays whole, however narrow the terminal is."""
        self._console.print(Styled(before + say(text, self.language), style=style), soft_wrap=True)

    def head(self, text: Text) -> None:
        """Print the heading of a new part."""
        self._console.print()
        self.say(text, style="bold")

    def show(self, lines: str) -> None:
        """Show something as it stands, such as a file."""
        self._console.print(Styled(lines), soft_wrap=True)

    def wrong(self, what: Text, mend: Text) -> None:
        """Say what is wrong and what to do; the question is asked again."""
        self.say(what, style="red")
        self.say(mend)

    def told(self, finding: Finding) -> None:
        """Say what a check found."""
        if finding.mend is None:
            self.say(finding.seen)
        else:
            self.wrong(finding.seen, finding.mend)

    async def ask(self, question: Text, default: str = "") -> str:
        """Ask for a line; Enter alone gives the default."""
        shown = say(question, self.language)
        return (await self._read(f"{shown} [{default}] " if default else f"{shown} ")).strip() or default

    async def secret(self, question: Text, missing: Text) -> str:
        """Ask for something that nobody shall read on the screen; `missing` says how else it can be given."""
        return await self._read(f"{say(question, self.language)} ", hidden=True)

    async def choose(self, question: Text, options: Sequence[Text], default: int = 1) -> int:
        """Ask for one of several things, by its number."""
        self.say(question)
        for number, option in enumerate(options, start=1):
            self.say(option, before=f"  {number}. ")
        while True:
            answer = await self.ask(t("Number:"), str(default))
            if answer.isdecimal() and 1 <= int(answer) <= len(options):
                return int(answer)
            self.wrong(t("This is none of the numbers."), t("Type one of them, then press Enter."))

    async def yes(self, question: Text, *, default: bool = True) -> bool:
        """Ask something that has a yes or a no."""
        yes, no = say(t("yes"), self.language), say(t("no"), self.language)
        while True:
            answer = (await self.ask(question, yes if default else no)).casefold()
            if answer and (yes.startswith(answer) or answer in {"y", "yes"}):
                return True
            if answer and (no.startswith(answer) or answer in {"n", "no"}):
                return False
            self.wrong(t("I do not understand this."), t("Type yes or no, then press Enter."))

    async def while_waiting(self, question: Text, condition: Awaitable[None]) -> bool:
        """Wait for something until it is done, or until the person presses Enter; returns whether it is done."""
        waiting = asyncio.ensure_future(condition)
        pressing = asyncio.ensure_future(self._read(f"{say(question, self.language)} "))
        try:
            await asyncio.wait({waiting, pressing}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()
                return True
            pressing.result()
            return False
        finally:
            for task in (waiting, pressing):
                task.cancel()
            with suppress(asyncio.CancelledError, EOFError, KeyboardInterrupt):
                await asyncio.gather(waiting, pressing, return_exceptions=True)
            self._console.print()

    async def _read(self, prompt: str, *, hidden: bool = False) -> str:
        self.questions += 1
        self._line = self._line or PromptSession(output=_output(), key_bindings=_keys(), reserve_space_for_menu=0)
        return await self._line.prompt_async(prompt, is_password=hidden)


class Unattended(Dialogue):
    """A dialogue without a person: every question gets its default, and a problem ends the set-up."""

    there = False

    def wrong(self, what: Text, mend: Text) -> None:
        """End, with what is wrong and what to do."""
        raise Unsettled(what, mend)

    async def ask(self, question: Text, default: str = "") -> str:
        """Take the default."""
        return default

    async def secret(self, question: Text, missing: Text) -> str:
        """End, because nobody can be asked."""
        raise Unsettled(t("A token is missing, and nobody is here who could be asked."), missing)

    async def choose(self, question: Text, options: Sequence[Text], default: int = 1) -> int:
        """Take the default."""
        return default

    async def yes(self, question: Text, *, default: bool = True) -> bool:
        """Take the default."""
        return default

    async def while_waiting(self, question: Text, condition: Awaitable[None]) -> bool:
        """Look for a moment only."""
        try:
            async with asyncio.timeout(3):
                await condition
        except TimeoutError:
            return False
        return True


def _output() -> Vt100_Output | None:
    """Write to the terminal without asking it where the cursor is, which some cannot tell."""
    if not sys.stdout.isatty():
        return None
    return Vt100_Output(sys.stdout, _size, enable_cpr=False)


def _size() -> Size:
    columns, lines = get_terminal_size()
    return Size(lines, columns)


def _keys() -> KeyBindings:
    """Take a line break inside a paste as part of it, and the Enter at the end as the end."""
    keys = KeyBindings()
    keys.add("enter")(_enter)
    return keys


def _enter(event: KeyPressEvent) -> None:
    if event.app.key_processor.input_queue:
        event.current_buffer.insert_text("\n")
    else:
        event.current_buffer.validate_and_handle()

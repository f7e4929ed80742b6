"""The prompt in a terminal: type commands, fill forms, press buttons, change who and when you are."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp

from prompt_toolkit.application import get_app
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text as Styled

from adapters.console import verbs
from adapters.console.asking import ask
from adapters.console.completion import LineCompleter
from adapters.console.lines import LineReader
from adapters.console.render import show
from adapters.console.screen import ScreenEntry
from adapters.console.script import read_time
from adapters.console.session import CHANNEL, Session
from adapters.console.show import picture
from bot.domain.week import local_to_utc
from bot.engine.access import Access
from bot.engine.clock import ManualClock
from bot.engine.invocation import PressedButton
from bot.engine.role import Role
from bot.engine.rule import Kind
from bot.ui.button import Button
from bot.ui.text import Text, t, tc
from bot.ui.values import CommandRef, UserText
from bot.ui.voice import say

DIGEST_AT = time(12, 30)
"""Where `monday` moves the clock; the digest of a community that changed its hour comes on the way or later."""

Greeting = Callable[[str], Sequence[Text]]
"""What is said first, to somebody who reads a language."""
COUNTED = {Kind.NUMBER, Kind.DAY, Kind.MOMENT, Kind.TIME}
"""Questions that a number may answer; at any other it presses a button."""


WAYS = (tc("typed at the prompt", "as NAME"), verbs.MONDAY, verbs.CHANNEL, tc("typed at the prompt", "at TIME"))
"""The ways on that the bar below the prompt names."""


class FormLeft(Exception):
    """A form was left; `instead` is the line that comes in its place."""

    def __init__(self, instead: str = "") -> None:
        super().__init__(instead)
        self.instead = instead


async def talk(session: Session, me: str, greeting: Greeting | None = None) -> None:
    """Greet the person, then read lines until they leave."""
    await TerminalUser(session, me).run(greeting)


class TerminalUser:
    """One person at one terminal, who may speak as any member."""

    def __init__(self, session: Session, me: str) -> None:
        self._session, self._me = session, me
        # Answers are shown between two prompts, at once and in order; only what comes meanwhile goes round the prompt.
        self._console = Console(highlight=False, file=sys.stdout)
        self._buttons: list[Button] = []
        self._read_so_far = len(session.screen.seen)
        self._folder: Path | None = None
        completer = LineCompleter(session, lambda: self._me, self._people)
        bars = (self._toolbar, lambda: self._toolbar(ways=()))
        self._lines = LineReader(completer, bars, lambda line: self._console.print(Styled(line)))

    @property
    def _language(self) -> str:
        return self._session.language_of(self._me)

    async def run(self, greeting: Greeting | None) -> None:
        """Read and do lines until the end of the input, or `quit`."""
        for text in greeting(self._language) if greeting is not None else self._greeting():
            self._say(text)
        # `raw` lets the colours through that rich writes.
        with patch_stdout(raw=True):
            leaving = False
            while True:
                try:
                    line = (await self._lines.next(f"{self._me}> ")).strip()
                except EOFError:
                    return
                except KeyboardInterrupt:
                    # The first Ctrl-C drops what waits, the second leaves.
                    if leaving and not self._lines.clear():
                        return
                    self._lines.clear()
                    leaving = True
                    self._say(t("Press Ctrl-C again to leave."))
                    continue
                leaving = False
                if verbs.leaves(line):
                    return
                await self._do(line)

    async def _do(self, line: str) -> None:
        word, _, argument = line.partition(" ")
        verb = verbs.meant(word)
        if line.startswith("/"):
            await self._follow(await self._session.type(self._me, line))
        elif line.isdecimal():
            await self._press(int(line))
        elif verb is verbs.BE and argument:
            self._become(argument)
        elif verb is verbs.SPEAK and argument:
            self._session.screen.profile(self._me).language = argument.strip()
        elif verb is verbs.MOVE or verb is verbs.MONDAY:
            await self._move(argument if verb is verbs.MOVE else None)
        elif verb is verbs.CHANNEL:
            await self._show_channel()
        elif line:
            self._help()
        await self._show_new()

    async def _follow(self, seen: ScreenEntry) -> None:
        """Ask for an open form until it is sent and taken, or the person gives up."""
        while seen.form is not None:
            await self._show_new()
            try:
                values = await ask(self._console, seen.form, seen.language, self._read, len(self._buttons) + 1)
            except (EOFError, KeyboardInterrupt, FormLeft) as left:
                self._say(t("The form is closed. Nothing changed."))
                if isinstance(left, FormLeft) and left.instead:
                    self._lines.put_back(left.instead)
                return
            seen = await self._session.fill(self._me, values)

    async def _read(self, question: str, at_first: str, kind: Kind) -> str:
        """Read an answer; a command or the number of a button comes instead of the form."""
        answer = (await self._lines.answer(question, at_first, long=kind is Kind.LINES)).strip()
        if verbs.leaves(answer):
            raise FormLeft
        is_button = answer.isdecimal() and kind not in COUNTED and 1 <= int(answer) <= len(self._buttons)
        if is_button or answer.startswith("/"):
            raise FormLeft(answer)
        return answer

    async def _press(self, number: int) -> None:
        if not 1 <= number <= len(self._buttons):
            self._say(t("There is no button with this number."))
            return
        await self._follow(await self._session.ask(self._me, PressedButton(self._buttons[number - 1].token)))

    def _become(self, typed: str) -> None:
        name = typed.strip().removeprefix("@").lower()
        if verbs.meant(name) is not None:
            self._say(t("{word} is a word of this prompt, not a person.", word=UserText(name)))
            return
        self._me = name
        self._buttons = []
        self._say(t("You are {name} now.", name=UserText(self._me.capitalize())))

    async def _move(self, when: str | None) -> None:
        if not isinstance(self._session.clock, ManualClock):
            self._say(t("This clock is real. Only the demo can move it."))
            return
        try:
            to = read_time(when, self._session.zone) if when is not None else self._monday()
        except ValueError:
            self._say(t("Please write the time like {example}.", example=verbs.MOVE))
            return
        await self._session.move(to)

    def _monday(self) -> datetime:
        zone = self._session.zone
        now = self._session.clock.now().astimezone(zone)
        days = timedelta(days=-now.weekday() % 7)  # none on a Monday itself
        monday = local_to_utc(now.date() + days, DIGEST_AT, zone)
        return monday if monday > now else local_to_utc(now.date() + days + timedelta(days=7), DIGEST_AT, zone)

    async def _show_channel(self) -> None:
        posts = [seen for seen in self._session.screen.seen if seen.to == f"#{CHANNEL}"]
        if posts:
            await self._show(posts[-1])
        else:
            self._say(t("Nothing is in the channel yet. Type {verb}.", verb=verbs.MONDAY))

    async def _show_new(self) -> None:
        """Show everything that came since the last time, if this person can see it."""
        new = self._session.screen.seen[self._read_so_far :]
        self._read_so_far = len(self._session.screen.seen)
        mine = [seen for seen in new if seen.to == f"@{self._me}" or seen.to.startswith("#")]
        if any(seen.buttons for seen in mine):
            self._buttons = []
        for seen in mine:
            await self._show(seen)

    async def _show(self, seen: ScreenEntry) -> None:
        show(self._console, seen, self._session.zone, len(self._buttons) + 1)
        self._buttons += seen.drawn
        for name, content in await asyncio.to_thread(self._files, seen):
            self._folder = self._folder or Path(mkdtemp(prefix="hello-circle-"))
            path = self._folder / name
            path.write_bytes(content)
            self._say(t("Kept in {file}", file=UserText(str(path))), whole=True)

    @staticmethod
    def _files(seen: ScreenEntry) -> list[tuple[str, bytes]]:
        files = [(file.name, file.data) for file in seen.files]
        drawn = picture(seen.image, seen.language) if seen.image is not None else None
        return files if drawn is None else [*files, (f"digest-{seen.at:%Y-%m-%d}.png", drawn)]

    def _people(self) -> list[str]:
        return sorted(self._session.screen.profiles)

    def _toolbar(self, ways: Sequence[Text] = WAYS) -> str:
        now = self._session.clock.now().astimezone(self._session.zone)
        city = self._session.zone.key.rsplit("/", 1)[-1].replace("_", " ")
        facts = [self._me, f"{now:%Y-%m-%d %H:%M}", city]
        return toolbar(facts, get_app().output.get_size().columns, self._language, ways)

    def _greeting(self) -> Sequence[Text]:
        help_ = self._session.registry.role(Role.HELP)
        if help_ is None:
            return self._usage()
        return (t("Type {help} to see what you can do.", help=CommandRef(help_.name)),)

    def _usage(self) -> Sequence[Text]:
        """Say how the prompt is used, with a command of the product as the example."""
        registry = self._session.registry
        commands = (command for family in registry.families for command in registry.of_family(family.name))
        example = CommandRef(next((command.name for command in commands if command.access is Access.MEMBER), ""))
        return (t("A command starts with {sign}, such as {example}.", sign=UserText("/"), example=example), *HELP)

    def _help(self) -> None:
        for text in self._usage():
            self._say(text)

    def _say(self, text: Text, *, whole: bool = False) -> None:
        """Say something small; what is to be copied stays whole, however narrow the terminal is."""
        self._console.print(Styled(say(text, self._language), style="dim"), soft_wrap=whole)


def toolbar(facts: Sequence[str], width: int, language: str, ways: Sequence[Text] = WAYS) -> str:
    """Write as much as fits into one line: facts, then what can be typed; how to leave is always there."""
    out = verbs.word(verbs.QUIT, language)
    shown = [facts[0], out]
    for piece in (*facts[1:], *(say(way, language) for way in ways)):
        longer = [*shown[:-1], piece, out]
        if len(" · ".join(longer)) + 2 <= width:
            shown = longer
    return f" {' · '.join(shown)} "


HELP = (
    t("A number presses the button with this number."),
    t("{verb} makes you another member.", verb=verbs.BE),
    t("{verb} is the language of a member who chose none.", verb=verbs.SPEAK),
    t("{verb} moves the clock, and shows what comes on the way.", verb=verbs.MOVE),
    t("{verb} moves the clock to the digest of Monday.", verb=verbs.MONDAY),
    t("{verb} shows the newest digest.", verb=verbs.CHANNEL),
    t("{verb} ends this, or closes an open form.", verb=verbs.QUIT),
)

"""The installed program in a real terminal of its own: what a person types, and what they see."""

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

PATIENCE = 90.0
"""Seconds until something is on the screen; the machine does other things too."""
ROWS, COLUMNS = 50, 160
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_=>]|\r")
KEPT = ("PATH", "HOME", "PYTHONPATH")
INSTALLED = Path(sys.executable).with_name("hello-circle")
ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"


class Terminal:
    """One program in one terminal."""

    def __init__(self, process: asyncio.subprocess.Process, screen: int) -> None:
        self.process, self._screen = process, screen
        self._raw, self._read_to = b"", 0
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(screen, self._take)

    @property
    def seen(self) -> str:
        """Everything that was on the screen, without colours and movements."""
        return CONTROL.sub("", self._raw.decode(errors="replace"))

    @property
    def new(self) -> str:
        """What was on the screen since the last thing that was waited for."""
        return self.seen[self._read_to :]

    async def sees(self, *words: str, within: float = PATIENCE) -> str:
        """Wait until some words are on the screen, one after the other, wherever lines break; gives what came with them.

        Raises:
            AssertionError: they do not come.
        """
        begun = self._read_to
        for phrase in words:
            try:
                async with asyncio.timeout(within):
                    while (match := re.search(r"\s+".join(map(re.escape, phrase.split())), self.new)) is None:
                        self._more.clear()
                        await self._more.wait()
            except TimeoutError:
                raise AssertionError(f"{phrase!r} is not on the screen; there is:\n{self.seen[begun:]}") from None
            self._read_to += match.end()
        return self.seen[begun : self._read_to]

    def types(self, line: str) -> None:
        """Type a line and press Enter."""
        self.presses(line + ENTER)

    def presses(self, keys: str) -> None:
        """Press keys."""
        os.write(self._screen, keys.encode())

    def pastes(self, words: str) -> None:
        """Paste as terminals do that tell a paste from typing, then press Enter."""
        self.presses(f"\x1b[200~{words}\x1b[201~")
        self.presses(ENTER)

    async def ends(self, within: float = PATIENCE) -> int:
        """Wait for the end; gives how it ended."""
        try:
            async with asyncio.timeout(within):
                code = await self.process.wait()
        except TimeoutError:
            raise AssertionError(f"it does not end; there is:\n{self.seen}") from None
        await asyncio.sleep(0)  # noqa: TID251 - of the test: what was written last is still read
        self._take()
        return code

    async def stops(self, how: signal.Signals | str) -> int:
        """Stop it by a signal, or by keys."""
        if isinstance(how, str):
            self.presses(how)
        else:
            self.process.send_signal(how)
        return await self.ends()

    def _take(self) -> None:
        with suppress(OSError):
            while part := os.read(self._screen, 65536):
                self._raw += part
        self._more.set()


def _at_terminal(name: str) -> None:
    """Let a new process take its Ctrl+C from a terminal, also where the tests themselves were told to hear none."""
    os.close(os.open(name, os.O_RDWR))
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@asynccontextmanager
async def terminal(
    folder: Path, *arguments: str, surroundings: Mapping[str, str] | None = None, program: Path = INSTALLED
) -> AsyncGenerator[Terminal]:
    """Start `hello-circle`, or another one, with arguments in a folder; whatever happens, it ends with the block."""
    screen, its_end = pty.openpty()
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.set_blocking(screen, False)
    name = os.ttyname(its_end)
    surroundings_kept = {name: os.environ[name] for name in KEPT if name in os.environ}  # noqa: TID251 - of the test, not the bot
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        cwd=folder,
        env={**surroundings_kept, "TERM": "xterm-256color", "LANG": "en_CA.UTF-8", **(surroundings or {})},
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        start_new_session=True,
        preexec_fn=lambda: _at_terminal(name),
    )
    os.close(its_end)
    opened = Terminal(process, screen)
    try:
        yield opened
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        asyncio.get_running_loop().remove_reader(screen)
        os.close(screen)
        sys.stdout.write(opened.seen[-6000:])  # shown when the test fails

"""The demo in a browser: on this machine for one person, or for everybody behind a proxy."""

import asyncio
import signal
import webbrowser
from collections.abc import Generator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from aiohttp import web

from adapters.console.demo import START, ZONE
from adapters.console.script import read_time
from adapters.log import set_up_logging
from adapters.platform import CannotRun
from adapters.ports import listen
from adapters.web.circles import Circles
from adapters.web.server import Server
from adapters.web.visitors import OWN, PUBLIC, Visitors
from adapters.wording import worded
from bot.store.errors import StoreError

HOST, PORT = "127.0.0.1", 8300
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only named in a message
FAR = "Other machines reach this page without HTTPS. Let only your proxy reach it."
IN_TERMINAL = {"www-browser", "links", "elinks", "lynx", "w3m"}


async def run_web_demo(at: str | None, place: tuple[str, int], *, public: bool, opens: bool) -> str | None:
    """Serve the demo at an address and port until it is stopped; returns the problem that stopped it, if one did."""
    set_up_logging("ERROR")
    host, port = place
    try:
        is_near = ip_address(host).is_loopback
    except ValueError:
        return f"--listen takes the number of an address, such as {HOST} or {EVERYWHERE}; this is none: {host}"
    try:
        start = read_time(START if at is None else at, ZoneInfo(ZONE))
        async with Circles.begun(start, ZONE) as circles:
            visitors = Visitors(circles, PUBLIC if public else OWN)
            server = Server(visitors, public=public)
            runner = server.runner()
            await runner.setup()
            try:
                await listen(runner, port, "--port", host)
                if not is_near:
                    typer.echo(FAR)
                await _until_stopped(_address(runner), opens=opens and not public)
            finally:
                await runner.cleanup()
    except (CannotRun, StoreError, ValueError) as problem:
        return worded(problem)
    return None


async def _until_stopped(address: str, *, opens: bool) -> None:
    with _stopping() as stopped:
        typer.echo(f"Hello Circle is at {address}\nPress Ctrl-C to end it.")
        if opens:
            await asyncio.to_thread(_open, address)
        await stopped.wait()


def _open(address: str) -> None:
    """Open the page; where there is no browser, or only one that would take this terminal, what was printed is enough."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if Path(browser.name).name not in IN_TERMINAL:
        browser.open(address)


def _address(runner: web.AppRunner) -> str:
    """Give the address, with the port that the system chose where none was asked for."""
    host, port, *_ = runner.addresses[0]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


@contextmanager
def _stopping() -> Generator[asyncio.Event]:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    try:
        yield stopped
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

"""The prompt of the demo: what a person types into a terminal, key by key, and what the terminal shows."""

import asyncio
import io
import re
from contextlib import redirect_stdout

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from adapters.console.completion import LineCompleter
from adapters.console.demo import GREETING
from adapters.console.prompt import talk
from adapters.console.session import Session
from bot.core.clock import SystemClock

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
async def session(circle) -> Session:
    return circle.session


async def terminal(session: Session, *lines: str, me: str = "amina") -> str:
    """Type lines, each with Enter, then leave; gives everything the terminal showed, without its codes."""
    before, screen = io.StringIO(), io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=40, columns=100), term="xterm", enable_cpr=False)
    with redirect_stdout(before), create_pipe_input() as keys, create_app_session(input=keys, output=output):
        for line in (*lines, "quit"):
            keys.send_text(f"{line}\r")
        async with asyncio.timeout(20):
            await talk(session, me, GREETING)
    return CODES.sub("", before.getvalue() + screen.getvalue())


async def test_amina_is_greeted_and_adds_a_person_field_by_field(session):
    shown = await terminal(session, "/lead add", "Dana R.", "Nordik", "built the river sensor")
    assert "You are Amina." in shown
    assert "Where they work:" in shown
    assert "Dana R., Nordik is on your list." in shown
    assert "[1] Join with my name" in shown


async def test_a_number_presses_a_button(session):
    shown = await terminal(session, "/lead add", "Dana R.", "Nordik", "built the sensor", "1", "9", "/board me")
    assert "You are on the leaderboard as Amina." in shown
    assert "There is no button with this number." in shown


async def test_omar_speaks_french_and_sees_only_his_own_things(session):
    await session.type("amina", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    shown = await terminal(session, "as omar", "speaks fr", "/lead list")
    assert "You are Omar now." in shown
    assert "Votre liste est vide." in shown
    assert "Dana" not in shown


async def test_a_real_clock_cannot_be_moved(session, monkeypatch):
    monkeypatch.setattr(session, "clock", SystemClock())
    assert "Only the demo can move it." in await terminal(session, "monday")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/lead ad", "/lead add "),
        ("/lead close ", "reason:"),
        ("/lead close reason:d", "done "),
        ("/lead show lead:da", '"Dana R." '),
        ("as om", "omar"),
        ("mon", "monday"),
    ],
)
async def test_what_is_typed_is_completed(session, typed: str, offered: str):
    await session.type("omar", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    completer = LineCompleter(session, lambda: "omar", lambda: ["amina", "omar"])
    found = [each.text async for each in completer.get_completions_async(Document(typed), CompleteEvent())]
    assert offered in found


async def test_nobody_is_offered_anothers_people(session):
    await session.type("omar", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    completer = LineCompleter(session, lambda: "amina", list)
    event = CompleteEvent()
    assert not [each async for each in completer.get_completions_async(Document("/lead show lead:da"), event)]
    assert not list(completer.get_completions(Document("/lead"), event))

"""The prompt of the demo: what a person types into a terminal, key by key, and what the terminal shows."""

import asyncio
import io
import re
from collections.abc import Iterable
from contextlib import redirect_stdout
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.console import Console

from adapters.console.completion import LineCompleter
from adapters.console.demo import greeting
from adapters.console.prompt import Greeting, talk, toolbar
from adapters.console.render import show
from adapters.console.screen import ScreenEntry
from adapters.console.session import Session
from bot.domain.digest import Disclosure
from bot.engine.clock import SystemClock
from bot.ui.chart import Chart, WeekTotals
from bot.ui.reply import Image, Reply
from bot.ui.text import t
from tests.support.store import NOW

CTRL_C, CTRL_D, CTRL_E, CTRL_U = "\x03", "\x04", "\x05", "\x15"
KEPT = CTRL_E
"""Leaves in a field what stands there."""
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
async def session(circle) -> Session:
    return circle.session


async def terminal(session: Session, *lines: str, me: str = "amina", welcome: Greeting | None = greeting) -> str:
    """Type a line at each prompt in turn, then leave; gives everything the terminal showed, without its codes.

    A line ends with Enter unless it ends with a control key; one that stands in the field already is typed over.
    """
    before, screen = io.StringIO(), io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=40, columns=100), term="xterm", enable_cpr=False)
    typed = iter([*lines, "quit"])
    real = PromptSession.prompt_async

    def prompted(asked: PromptSession, *arguments: Any, **more: Any) -> Any:
        line = next(typed)
        typed_over = line if line.startswith(KEPT) else f"{CTRL_U}{line}"
        keys.send_text(line if line.endswith((CTRL_C, CTRL_D)) else f"{typed_over}\r")
        return real(asked, *arguments, **more)

    with (
        redirect_stdout(before),
        create_pipe_input() as keys,
        create_app_session(input=keys, output=output),
        patch.object(PromptSession, "prompt_async", prompted),
    ):
        async with asyncio.timeout(60):
            await talk(session, me, welcome)
    assert not list(typed), "the prompt was left before everything was typed"
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


async def test_a_line_is_cleared_by_ctrl_c_and_a_second_one_leaves(session):
    shown = await terminal(session, f"/lead li{CTRL_C}", "/lead list")
    assert "Press Ctrl-C again to leave." in shown
    assert "Your list is empty." in shown, "one is not enough to leave"
    with pytest.raises(AssertionError, match="left before"):
        await terminal(session, CTRL_C, CTRL_C, "/lead list")


async def test_lines_pasted_at_once_are_done_one_after_the_other(session):
    pasted = "/lead list\n/lead add\nDana R.\nNordik\nthe sensor\n/lead show dana"
    shown = await terminal(session, f"\x1b[200~{pasted}\x1b[201~")
    assert "Your list is empty." in shown
    assert "Dana R., Nordik is on your list." in shown
    assert "Stage: new" in shown


async def test_a_message_of_several_lines_that_is_pasted_into_a_form_is_one_answer(session):
    pasted = "Hello Dana,\n\nyour talk about the river stayed with me. Could I ask you how you began?\nThank you, Amina"
    await session.type("amina", '/lead add name:"Dana" organisation:"Nordik" why:"the sensor"')
    shown = await terminal(session, "/ask check", f"\x1b[200~{pasted}\x1b[201~", "dana")
    assert "You ask a clear question." in shown
    assert "I cannot find" not in shown


async def test_lines_that_stand_in_a_form_already_stay_its_one_answer(session):
    await session.type("amina", '/lead add name:"Dana" organisation:"Nordik" why:"the sensor"')
    typed = "/meeting prep lead:dana goal:learn questions:How did you begin? What is hard?"
    sheet = await session.type("amina", typed)
    assert "2. What is hard?" in sheet.text
    shown = await terminal(session, "/meeting prep dana", KEPT, KEPT, KEPT, KEPT)
    assert "2. What is hard?" in shown


@pytest.mark.parametrize("word", ["quit", "QUIT", "exit", "/quit"])
async def test_a_word_that_leaves_is_never_a_person(session, word: str):
    shown = await terminal(session, "/lead add", word, "as quit", "/lead list")
    assert "quit or Ctrl-C closes the form." in shown
    assert "The form is closed. Nothing changed." in shown
    assert "quit is a word of this prompt, not a person." in shown
    assert "Your list is empty." in shown


@pytest.mark.parametrize("word", ["quitter", "Quitter", "/quitter", "sortir", "quit"])
async def test_in_french_the_way_out_and_the_other_words_of_the_prompt_are_french_too(session, word: str):
    await session.type("amina", "/me settings language:fr")
    shown = await terminal(session, "/personne ajouter", word, "/personne liste", "nonsense", "canal", "comme lundi")
    assert "quitter ou Ctrl-C ferme le formulaire." in shown
    assert "Nom ou initiales :" in shown
    assert "Le formulaire est fermé. Rien n’a changé." in shown
    assert "Votre liste est vide." in shown
    assert "par exemple /commencer." in shown
    assert "Il n’y a encore rien dans le canal. Tapez lundi." in shown
    assert "lundi est une commande d’ici, pas une personne." in shown


async def test_what_is_typed_in_one_language_is_understood_in_the_other(session):
    shown = await terminal(session, "comme omar", "as amina", "à 2026-03-10T10:00", "parle fr", "/aide")
    assert "You are Omar now." in shown
    assert "You are Amina now." in shown
    assert "Ce que vous pouvez faire ici" in shown
    assert f"{session.clock.now():%Y-%m-%d}" == "2026-03-10"


async def test_a_button_and_a_command_work_while_a_form_is_open(session):
    filled = ("/lead add", "Dana R.", "Nordik", "built the sensor")
    shown = await terminal(session, *filled, "/lead add", "1", "/lead add", "/board me")
    assert shown.count("The form is closed. Nothing changed.") == 2
    assert "You are on the leaderboard as Amina." in shown


async def test_what_a_form_offers_has_no_number_of_a_button(session):
    filled = ("/lead add", "Dana R.", "Nordik", "built the sensor")
    shown = await terminal(session, *filled, "/buddy join", "7", "", "/buddy show")
    assert "7. health and care" in shown
    assert "I look for a buddy for you" in shown


async def test_each_button_stands_beside_its_person(session):
    for name in ("Dana", "Omid"):
        await session.type("amina", f'/lead add name:"{name}" organisation:"Nordik" why:"the sensor"')
        await session.type("amina", f"/ask sent lead:{name} wording:chat")
    shown = await terminal(session, "at 2026-04-14T12:30")
    at = [shown.index(words) for words in ("Dana:", "[1] Done", "Omid:", "[4] Done")]
    assert at == sorted(at)


@pytest.mark.parametrize(("language", "out"), [("en", "quit "), ("fr", "quitter ")])
@pytest.mark.parametrize("width", [40, 80])
def test_the_bar_below_the_prompt_fits_and_always_says_the_way_out(width: int, language: str, out: str):
    bar = toolbar(["amina", "2026-03-16 12:30", "America/Argentina/Buenos_Aires"], width, language)
    assert len(bar) <= width
    assert bar.endswith(out)


def chart_in_a_terminal(weeks: Iterable[WeekTotals], language: str, width: int) -> str:
    digest = ScreenEntry(NOW, "#digest", "shared", "", Reply((Image(Chart(tuple(weeks)), t("Meetings")),)), language)
    screen = io.StringIO()
    show(Console(file=screen, width=width), digest, ZoneInfo("America/Toronto"))
    return screen.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_chart_fits_the_terminal(language: str, width: int):
    drawn = chart_in_a_terminal((WeekTotals(202604 + n, 9876, 8765, 4321) for n in range(8)), language, width)
    assert max(map(len, drawn.splitlines())) <= width
    assert len(re.findall("9.876", drawn)) == 8, "no number is cut off"
    assert drawn.count("█" * 12) >= 8
    assert "…" not in drawn


@pytest.mark.parametrize("width", [40, 80])
def test_the_chart_says_no_more_of_a_week_than_its_words(width: int):
    weeks = (
        WeekTotals(202609, 8, 4, 0),
        WeekTotals(202610, 10, 5, 0, Disclosure.ABOUT),
        WeekTotals(202611, 0, 0, 0, Disclosure.NOTHING),
    )
    drawn = chart_in_a_terminal(weeks, "en", width)
    numbers = re.findall(
        r"(?<= )\d+[+–]?\d*(?= )", re.sub(r"\d+ (?:Feb|Mar)\w*(?: 2026)?", "", drawn.split("\n", 1)[1])
    )
    assert sorted(numbers) == sorted(["8", "4", "0", "10+", "5+", "0–5"])


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
async def test_a_form_that_is_left_changes_nothing(session, key: str):
    shown = await terminal(session, "/lead add", "Dana R.", key, "/lead list")
    assert "The form is closed. Nothing changed." in shown
    assert "Your list is empty." in shown


async def test_a_field_that_is_refused_is_asked_again_and_the_others_are_not(session):
    shown = await terminal(session, "/lead add", "Dana R.", "Nordik", "write to dana@nordik.ca", "built the sensor")
    assert "I do not keep e-mail addresses or phone numbers" in shown
    assert "Dana R., Nordik is on your list." in shown


async def test_a_choice_of_a_form_is_taken_by_its_number(session):
    await session.type("amina", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    shown = await terminal(session, "/buddy join", "1", "", "/buddy show")
    assert "I look for a buddy for you" in shown


async def test_monday_moves_the_clock_and_shows_the_digest_once(session):
    shown = await terminal(session, "channel", "monday", "monday", "channel", "at nonsense", "at 2026-03-17T09:00")
    assert "Nothing is in the channel yet." in shown
    assert shown.count("The week of 9 March 2026") == 2, "once when it comes, and once in the channel"
    assert "Please write the time like" in shown
    assert f"{session.clock.now():%Y-%m-%d %H:%M}" == "2026-03-17 13:00"


async def test_a_word_that_means_nothing_gets_help(session):
    shown = await terminal(session, "hello there", "/nonsense")
    assert "A command starts with /" in shown
    assert "I do not know the command" in shown


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
    completions = [
        completion.text async for completion in completer.get_completions_async(Document(typed), CompleteEvent())
    ]
    assert offered in completions


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/personne aj", "/personne ajouter "),
        ("/lead a", "/lead add "),
        ("/personne terminer ", "raison:"),
        ("/personne terminer raison:c", '"c’est fini" '),
        ("/personne voir personne:da", '"Dana R." '),
        ("/lead voir lead:da", '"Dana R." '),
    ],
)
async def test_what_is_typed_in_french_is_completed_in_french(session, typed: str, offered: str):
    session.screen.profile("omar").language = "fr"
    await session.type("omar", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    completer = LineCompleter(session, lambda: "omar", lambda: ["amina", "omar"])
    completions = [
        completion.text async for completion in completer.get_completions_async(Document(typed), CompleteEvent())
    ]
    assert offered in completions


async def test_nobody_is_offered_anothers_people(session):
    await session.type("omar", '/lead add name:"Dana R." organisation:"Nordik" why:"the sensor"')
    completer = LineCompleter(session, lambda: "amina", list)
    event = CompleteEvent()
    assert not [
        completion async for completion in completer.get_completions_async(Document("/lead show lead:da"), event)
    ]
    assert not list(completer.get_completions(Document("/lead"), event))


async def test_without_a_greeting_of_its_own_the_prompt_names_the_help(session):
    shown = await terminal(session, "what?", welcome=None)
    assert "Type /help to see what you can do." in shown
    assert "A command starts with /, such as /start." in shown

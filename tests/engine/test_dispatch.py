"""The road of a command: what is unknown, what comes twice, what fails, and in which language it is said."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.engine.clock import ManualClock
from bot.engine.command import Command
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import CalledCommand, Invocation, Place, PressedButton, Sender, TypedLine
from bot.engine.messenger import Refused
from bot.engine.registry import Registry
from bot.engine.tokens import Signer
from bot.features import everything
from bot.store.errors import StoreError
from bot.store.keyring import KeyRing
from tests.support.console import Console, button, said
from tests.support.store import RING

DANA = '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("/laed add", "/lead add"),
        ("/lead ad", "/lead add"),
        ("/meetings log", "/meeting log"),
        ("/lead frobnicate", "/lead add"),
        ("/weekplan", "/week plan"),
    ],
)
async def test_an_unknown_command_gets_the_nearest(circle: Console, line: str, near: str) -> None:
    seen = await circle.one(f"@amina {line}")
    assert seen.error == "unknown-command"
    assert f"I do not know the command {line}." in seen.text
    assert near in seen.text


@pytest.mark.parametrize(
    "line", ["/qqqq", "/🙂", "/ x", "/\u202elead", "/" + "q" * 100_000, "/draft edit", "/board hidden"]
)
async def test_what_is_like_nothing_or_no_person_can_type_is_unknown(circle: Console, line: str) -> None:
    seen = await circle.one(f"@amina {line}")
    assert seen.error == "unknown-command"
    assert len(seen.text) < 300


async def test_an_action_cannot_be_called_by_its_name(circle: Console) -> None:
    called = await circle.answer(CalledCommand("me forget-now"))
    assert called.reply.error == "unknown-command"
    assert (
        await circle.answer(CalledCommand("lead add", {"evil": "1", "name": "a", "organisation": "b", "why": "c"}))
    ).reply.error


@pytest.mark.parametrize("line", ["/hello lead next", "/Lead NEXT", "  /lead   next  ", "/hello", "/lead", "/"])
async def test_case_spaces_and_the_word_hello_do_not_matter(circle: Console, line: str) -> None:
    assert (await circle.answer(TypedLine(line))).reply.error is None


@pytest.mark.parametrize("line", ["/hello /lead next", "//lead next", "/hello hello lead next", "/hello / lead next"])
async def test_a_slash_or_hello_too_many_does_not_matter(circle: Console, line: str) -> None:
    assert said(await circle.answer(TypedLine(line))) == said(await circle.answer(TypedLine("/lead next")))


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("/lead help", "/lead"),
        ("/hello lead help", "/lead"),
        ("/hello /lead ?", "/lead"),
        ("/lead aide", "/lead"),
        ("/lead add help", "/lead add"),
        ("/hello help lead add", "/lead add"),
        ("/hello aide /lead add", "/lead add"),
        ("/community digest help", "/community digest"),
    ],
)
async def test_help_is_found_behind_every_command_and_before_it(circle: Console, line: str, of: str) -> None:
    shown = said(await circle.answer(TypedLine(line), organiser=True))
    assert shown.startswith(f"Help for {of}\n")


async def test_what_is_unknown_is_named_with_one_slash(circle: Console) -> None:
    assert said(await circle.answer(TypedLine("/hello /laed add"))).startswith("I do not know the command /laed add.")


@pytest.mark.parametrize("times", [2, 10])
async def test_a_delivery_that_comes_again_gets_the_same_answer_and_has_one_effect(circle: Console, times: int) -> None:
    answers = [await circle.answer(TypedLine(DANA), delivery="d1") for _ in range(times)]
    assert len({(said(answer), answer.language) for answer in answers}) == 1
    assert "1 person on your list" in said(await circle.answer(TypedLine("/lead list")))
    assert "New names this week: 1" in said(await circle.answer(TypedLine("/board me")))


async def test_a_delivery_that_comes_again_after_a_restart_has_one_effect(circle: Console) -> None:
    first = await circle.one(f"@amina {DANA}")
    await circle.run("@amina /ask sent lead:dana")
    asked = circle.session.screen.last
    await circle.run("restart")
    again = await circle.one("redeliver")
    assert "This was your first message to them." in again.text
    assert "Asks this week: 1" in (await circle.one("@amina /board me")).text
    assert asked is not None
    assert first.error is None


async def test_a_press_that_comes_again_has_one_effect(circle: Console) -> None:
    token = button(await circle.answer(TypedLine(DANA)), "I asked them").token
    answers = [said(await circle.answer(PressedButton(token), delivery="p1")) for _ in range(3)]
    assert len(set(answers)) == 1
    assert "Asks this week: 1" in said(await circle.answer(TypedLine("/board me")))


async def test_two_deliveries_of_one_line_are_two(circle: Console) -> None:
    await circle.answer(TypedLine(DANA))
    again = await circle.answer(TypedLine(DANA))
    assert "is on your list already. Nothing changed." in said(again)


async def test_a_refused_delivery_changes_nothing_and_may_come_again(circle: Console) -> None:
    for _ in range(2):
        refused = await circle.answer(TypedLine("/week plan asks:many"), delivery="r1")
        assert refused.reply.error == "bad-value"


async def test_reading_works_before_the_community_is_known(circle: Console) -> None:
    help_ = await circle.answer(TypedLine("/help"), community="brand-new")
    assert said(help_).startswith("What you can do here")
    refused = await circle.answer(TypedLine("/lead list"), community="brand-new-too")
    assert refused.reply.error == "not-set-up"
    assert "An organiser can type /community setup first." in said(refused)
    unknown = await circle.answer(TypedLine("/nonsense"), community="never-seen", language="fr")
    assert unknown.language == "fr"


async def test_a_new_member_reads_before_they_ever_wrote(circle: Console) -> None:
    seen = await circle.one("@newcomer /lead next")
    assert "Your list is empty." in seen.text


async def test_the_language_is_the_members_choice_else_the_platforms_hint_else_the_communitys(circle: Console) -> None:
    assert (await circle.one("@amina /lead next")).language == "en"
    await circle.run("@amina speaks fr-CA")
    assert (await circle.one("@amina /lead next")).language == "fr"
    await circle.run("@amina speaks tlh")
    assert (await circle.one("@amina /lead next")).language == "en"
    await circle.run("@amina speaks fr", "@amina /me settings language:en")
    assert (await circle.one("@amina /lead next")).language == "en"
    assert (await circle.one("@amina /nonsense")).language == "en"
    await circle.run('@organiser /community setup channel:"#digest" zone:Toronto language:fr')
    assert (await circle.one("@omar /lead next")).language == "fr"


async def test_a_message_that_could_not_be_delivered_is_told_at_the_next_command(circle: Console) -> None:
    await circle.run(f"@amina {DANA}", "@amina /ask sent lead:dana when:today")
    inner = circle.session.circle.rounds.messengers["console"]

    class Refusing:
        async def post(self, *_: object) -> Refused:
            return Refused("closed")

        find = inner.find
        time = inner.time

    messengers: Any = circle.session.circle.rounds.messengers
    messengers["console"] = Refusing()
    await circle.run("at 2026-03-18T12:00")
    told = await circle.one("@amina /lead next")
    assert "You have 1 message. Read it with /me inbox." in told.text
    assert "Dana R." in (await circle.one("@amina /me inbox")).text
    assert "/me inbox" not in (await circle.one("@amina /lead next")).text


# What fails


def broken(call) -> object:
    """Break while saying a name."""
    raise RuntimeError("Dana R. of Nordik, dana@example.com")


def full(call) -> object:
    """Break as a full disk does."""
    raise StoreError("/home/amina/circle.db: disk full")


def dispatcher(circle: Console, handler, *, reads: bool) -> Dispatcher:
    registry = Registry()
    registry.add(Command("break now", handler, reads=reads))
    inner = circle.session.circle
    return Dispatcher(inner.db, registry, Signer(KeyRing.parse(RING).derived("tokens")), circle.clock)


def typed(line: str, delivery: str = "x1") -> Invocation:
    return Invocation(delivery, Place("console", "circle"), Sender("amina", "Amina"), TypedLine(line))


@pytest.mark.parametrize("reads", [True, False])
async def test_a_fault_gives_the_member_a_number_and_the_operator_the_same_without_names(
    circle: Console,
    logged,
    reads: bool,  # noqa: FBT001
) -> None:
    await circle.run("@amina /lead next")
    answer = await dispatcher(circle, broken, reads=reads).answer(typed("/break now"))
    assert answer.reply.error == "internal"
    number = re.search(r"give an organiser this number: ([0-9a-f]{8})\.", said(answer))
    assert number
    (record,) = (entry for entry in logged if entry["event"] == "incident")
    assert (record["incident"], record["fault"], record["command"], record["delivery"]) == (
        number[1],
        "RuntimeError",
        "break now",
        "x1",
    )
    assert any("test_dispatch.py" in place for place in record["places"])
    assert not any(word in str(logged) for word in ("Dana", "Nordik", "Amina", "amina"))
    assert "RuntimeError" not in said(answer)


async def test_what_could_not_be_saved_is_told_as_such(circle: Console, logged) -> None:
    answer = await dispatcher(circle, full, reads=False).answer(typed("/break now"))
    assert answer.reply.error == "not-saved"
    assert "I could not save this. Please try again." in said(answer)
    assert "circle.db" not in str(logged) + said(answer)


async def test_a_fault_leaves_nothing_behind_and_the_next_command_works(circle: Console) -> None:
    bot = dispatcher(circle, broken, reads=False)
    first, second = [said(await bot.answer(typed("/break now"))) for _ in range(2)]
    assert first != second
    assert (await circle.one(f"@amina {DANA}")).error is None


async def test_a_fault_before_the_command_is_found_is_answered_too(
    circle: Console, monkeypatch: pytest.MonkeyPatch, logged
) -> None:
    def bad(*_: object, **__: object) -> None:
        raise RuntimeError("Dana")

    monkeypatch.setattr("bot.engine.dispatch.find", bad)
    answer = await circle.answer(TypedLine("/lead next"))
    assert answer.reply.error == "internal"
    assert "Dana" not in str(logged)


async def test_names_from_the_platform_are_cleaned(circle: Console) -> None:
    place = Place("console", "circle", "New\x00comers\u202e")
    sender = Sender("zed", "Z\u200b\u202eed\x00\ud800 " + "x" * 300, language="en")
    answer = await circle.session.circle.dispatcher.answer(
        Invocation("n1", place, sender, TypedLine("/board join as:name"))
    )
    assert answer.reply.error is None
    assert f"You are on the leaderboard as Zed {'x' * 76}." in said(answer)


def test_the_registry_gives_what_was_declared() -> None:
    registry = everything()
    assert registry.get("lead add") is registry.by_code(registry.need("lead add").code)
    assert [command.name for command in registry.of_family("win")] == ["win share", "win thanks"]


class CountedClock(ManualClock):
    """A clock that counts how often it is read."""

    readings = 0

    def now(self) -> datetime:
        self.readings += 1
        return super().now()


ASKED = {
    "a command that writes": TypedLine('/lead add name:Dana organisation:Nordik why:"rivers"'),
    "a command that reads": TypedLine("/lead list"),
    "a first word that says nothing": TypedLine("/nonsense"),
    "a form that opens": CalledCommand("lead add"),
    "a value that is refused": CalledCommand("week plan", {"asks": "many"}),
    "a button that is no button": PressedButton("forged"),
}


@pytest.mark.parametrize("request_", ASKED.values(), ids=ASKED)
async def test_what_is_asked_is_answered_at_one_instant(circle, request_):
    clock = CountedClock(circle.clock.now())
    dispatcher = replace(circle.session.circle.dispatcher, clock=clock)
    sender = Sender("somebody new", "Zed")
    await dispatcher.answer(Invocation("n1", Place("console", "circle"), sender, request_))
    assert clock.readings == 1

"""Who is faster than twenty at once and one a second gets a kind word at once; nothing typed is lost, nobody else waits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from secrets import token_hex

import pytest

from bot.engine.answer import Answer
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Called, Invocation, Place, Pressed, Request, Sender, Submitted, Typed
from bot.engine.pace import MOST_KEPT, Pace, Rates
from bot.engine.typed_back import MOST
from tests.support.console import Console, said

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


class Seconds:
    """A watch that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Street:
    """A bot with the usual patience, and many people before it."""

    def __init__(self, circle: Console) -> None:
        inner = circle.session.circle
        self.watch = Seconds()
        self.db = inner.db
        self.bot = Dispatcher(inner.db, inner.dispatcher.registry, inner.dispatcher.signer, circle.clock, self.pace())

    def pace(self) -> Pace:
        return Pace(Rates(), self.watch)

    async def sends(
        self, who: str, request: Request | None = None, *, where: str = "circle", language: str | None = None
    ) -> Answer:
        place, sender = Place("console", where), Sender(who, who.capitalize(), language=language)
        return await self.bot.answer(Invocation(token_hex(8), place, sender, request or Typed("/help")))


@pytest.fixture
async def street(circle: Console) -> Street:
    return Street(circle)


async def errors(answers: list[Answer]) -> list[str | None]:
    return [answer.reply.error for answer in answers]


async def test_twenty_at_once_then_one_a_second(street: Street):
    seen = [(await street.sends("amina")).reply.error for _ in range(25)]
    assert seen == [None] * 20 + ["too-fast"] * 5
    for _ in range(3):
        street.watch.now += 1
        assert [(await street.sends("amina")).reply.error for _ in range(2)] == [None, "too-fast"]
    street.watch.now += 3600
    assert [(await street.sends("amina")).reply.error for _ in range(21)][-2:] == [None, "too-fast"]


async def test_one_who_is_too_fast_holds_up_nobody_else(street: Street):
    for _ in range(30):
        await street.sends("amina")
    assert (await street.sends("omar")).reply.error is None
    assert (await street.sends("amina", where="elsewhere")).reply.error is None


async def test_a_whole_community_has_a_pace_too(street: Street):
    answers = await asyncio.gather(*(street.sends(f"member{n}") for n in range(1000)))
    refused = [answer for answer in answers if answer.reply.error]
    assert len(refused) == 900
    assert said(refused[0]).startswith("Many people here use me at this moment.")
    assert (await street.sends("zoe", where="elsewhere")).reply.error is None
    street.watch.now += 1
    seen = [(await street.sends(f"other{n}")).reply.error for n in range(21)]
    assert seen == [None] * 20 + ["too-fast"]


async def test_the_word_is_kind_says_when_and_gives_back_what_was_typed(street: Street):
    for _ in range(20):
        await street.sends("amina")
    told = await street.sends("amina", Called("lead add", DANA))
    assert said(told) == (
        "You sent many commands at once. I did not do this one yet.\n\n"
        "Please wait 5 seconds. Then send it again.\n\n"
        "You typed this. You can copy it:\n\n"
        '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
    )
    form = await street.sends("amina", Submitted("token", {**DANA, "notes": "  "}))
    assert said(form).endswith("Dana R.\nNordik\nbuilt the river sensor")
    long = await street.sends("amina", Typed("/ask check text:" + "word " * 2_000))
    assert MOST <= len(said(long)) < MOST + 300
    assert "You typed" not in said(await street.sends("amina", Pressed("token")))
    assert "You typed" not in said(await street.sends("amina", Typed("/help")))


async def test_the_word_comes_in_the_language_of_the_last_answer(street: Street):
    await street.sends("amina", Typed("/start language:fr zone:Toronto"))
    for _ in range(20):
        await street.sends("amina", language="en")
    assert said(await street.sends("amina", language="en")).startswith("Vous avez envoyé beaucoup de commandes")
    for _ in range(20):
        await street.sends("omar", language="fr")
    assert said(await street.sends("omar", language="fr")).startswith("Vous avez envoyé beaucoup de commandes")


async def test_nothing_is_stored_of_what_came_too_fast(street: Street, circle: Console):
    for _ in range(20):
        await street.sends("amina")
    before = circle.stored
    for _ in range(200):
        await street.sends("amina", Called("lead add", {**DANA, "name": token_hex(4)}))
    assert circle.stored == before


async def test_suggestions_stop_when_somebody_types_like_a_machine(street: Street):
    await street.sends("amina", Called("lead add", DANA))
    asked = Invocation("d", Place("console", "circle"), Sender("amina", "Amina"), Typed(""))
    found = [len(await street.bot.suggest(asked, "lead show", "lead", "da")) for _ in range(70)]
    assert found == [1] * 60 + [0] * 10


async def test_only_a_few_of_one_community_are_answered_at_the_same_time(street: Street):
    at_once, most = 0, 0

    @asynccontextmanager
    async def counted() -> AsyncGenerator[None]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        yield
        at_once -= 1

    async def go(_: Invocation) -> Answer:
        async with counted():
            await street.db.read(lambda tx: None)
        return await street.bot._answer(Invocation("d", Place("console", "x"), Sender("a", "A"), Typed("/help")))

    pace = street.pace()
    crowd = (Invocation(str(n), Place("console", "circle"), Sender(f"m{n}", "M"), Typed("/help")) for n in range(50))
    await asyncio.gather(*(pace.let(each, go) for each in crowd))
    assert most == Rates().in_work


async def test_memory_of_the_pace_stays_small(street: Street):
    pace = street.pace()

    async def go(_: Invocation) -> Answer:
        return answered

    answered = await street.sends("amina")
    for number in range(MOST_KEPT + 10):
        street.watch.now += 1
        await pace.let(Invocation("d", Place("console", "circle"), Sender(f"m{number}", "M"), Typed("/help")), go)
    assert len(pace._buckets) < 100

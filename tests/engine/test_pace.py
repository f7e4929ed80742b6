"""Who is faster than twenty at once and one a second gets a kind word at once; nothing typed is lost, nobody else waits."""

import asyncio
from itertools import pairwise
from random import Random
from secrets import token_hex

import pytest

from bot.engine.answer import Answer
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import (
    CalledCommand,
    Invocation,
    Place,
    PressedButton,
    Request,
    Sender,
    SubmittedForm,
    TypedLine,
)
from bot.engine.pace import MOST_KEPT, Bucket, Pace, Rates
from bot.engine.rule import Suggestion
from bot.engine.typed_back import MOST
from bot.engine.waiting_line import LONG
from bot.ui.reply import File, Reply
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
        return await self.bot.answer(Invocation(token_hex(8), place, sender, request or TypedLine("/help")))


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


async def instant(_: Invocation) -> Answer:
    return Answer(Reply(()), "en")


def one(member: str, where: str = "circle", request: Request | None = None) -> Invocation:
    return Invocation(token_hex(8), Place("console", where), Sender(member, member), request or TypedLine("/help"))


async def test_a_whole_community_has_a_pace_too(street: Street):
    pace = street.pace()
    first = [await pace.let(one(f"member{n}"), instant) for n in range(2_100)]
    refused = [answer for answer in first if answer.reply.error]
    assert len(refused) == 100
    assert said(refused[0]).startswith("Many people here use me at this moment.")
    assert (await pace.let(one("zoe", "elsewhere"), instant)).reply.error is None
    street.watch.now += 1
    seen = [(await pace.let(one(f"other{n}"), instant)).reply.error for n in range(51)]
    assert seen == [None] * 50 + ["too-fast"]


@pytest.mark.parametrize("mean", [30, 60, 300])
@pytest.mark.parametrize("chance", range(3))
def test_a_thousand_members_never_meet_the_pace_of_their_community_on_a_monday(mean: int, chance: int):
    """All are told at the same minute; each comes after a while and does three to eight things, some seconds apart."""
    random, moments = Random(chance), list[float]()
    for _ in range(1_000):
        at = random.expovariate(1 / mean)
        for _ in range(random.randint(3, 8)):
            moments.append(at)
            at += random.uniform(3, 8)
    rate = Rates().community
    bucket = Bucket(rate, rate.at_once, 0.0)
    for at in sorted(moments):
        bucket.fill(at)
        assert bucket.left >= 1
        bucket.take()


async def test_presses_and_forms_count_as_commands_do(street: Street):
    requests: tuple[Request, ...] = (
        TypedLine("/help"),
        CalledCommand("help"),
        PressedButton("token"),
        SubmittedForm("token", {}),
    )
    pace = street.pace()
    seen = [(await pace.let(one("amina", request=requests[n % 4]), instant)).reply.error for n in range(24)]
    assert seen == [None] * 20 + ["too-fast"] * 4


async def test_the_word_is_kind_says_when_and_gives_back_what_was_typed(street: Street):
    for _ in range(20):
        await street.sends("amina")
    told = await street.sends("amina", CalledCommand("lead add", DANA))
    assert said(told) == (
        "You sent many commands at once. I did not do this one yet.\n\n"
        "Please wait 5 seconds. Then send it again.\n\n"
        "You typed this. You can copy it:\n\n"
        '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
    )
    form = await street.sends("amina", SubmittedForm("token", {**DANA, "notes": "  "}))
    assert said(form).endswith("Dana R.\nNordik\nbuilt the river sensor")
    long = await street.sends("amina", TypedLine("/ask check text:" + "word " * 2_000))
    assert MOST <= len(said(long)) < MOST + 400
    assert [part.content for part in long.reply.parts if isinstance(part, File)] == [
        "/ask check text:" + ("word " * 2_000).strip()
    ]
    assert "You typed" not in said(await street.sends("amina", PressedButton("token")))
    assert "You typed" not in said(await street.sends("amina", TypedLine("/help")))


async def test_the_word_comes_in_the_language_of_the_last_answer(street: Street):
    await street.sends("amina", TypedLine("/start language:fr zone:Toronto"))
    for _ in range(20):
        await street.sends("amina", language="en")
    assert said(await street.sends("amina", language="en")).startswith("Vous avez envoyé beaucoup de commandes")
    for _ in range(20):
        await street.sends("omar", language="fr")
    assert said(await street.sends("omar", language="fr")).startswith("Vous avez envoyé beaucoup de commandes")


@pytest.mark.file_only("the bytes of a file")
async def test_nothing_is_stored_of_what_came_too_fast(street: Street, circle: Console):
    for _ in range(20):
        await street.sends("amina")
    before = circle.stored
    for _ in range(200):
        await street.sends("amina", CalledCommand("lead add", {**DANA, "name": token_hex(4)}))
    assert circle.stored == before


async def test_suggestions_stop_when_somebody_types_like_a_machine(street: Street):
    await street.sends("amina", CalledCommand("lead add", DANA))
    asked = Invocation("d", Place("console", "circle"), Sender("amina", "Amina"), TypedLine(""))
    offered = [len(await street.bot.suggest(asked, "lead show", "lead", "da")) for _ in range(70)]
    assert offered == [1] * 60 + [0] * 10


async def offered(pace: Pace, invocation: Invocation) -> int:
    async def go() -> tuple[Suggestion, ...]:
        await others_go_on()
        return (Suggestion("Dana", "1"),)

    return len(await pace.let_type(invocation, go))


async def test_a_whole_community_that_types_goes_on_without_suggestions(street: Street):
    pace = street.pace()
    assert sum([await offered(pace, one(f"m{n}")) for n in range(4_100)]) == 4_000
    assert await offered(pace, one("zoe", "elsewhere")) == 1
    assert (await pace.let(one("m1"), instant)).reply.error is None, "commands have a bucket of their own"


async def test_suggestions_that_would_come_late_are_not_waited_for(street: Street):
    pace = street.pace()
    assert sum(await asyncio.gather(*(offered(pace, one(f"m{n}")) for n in range(500)))) == Rates().in_work + LONG


async def others_go_on() -> None:
    turn = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turn.set_result, None)
    await turn


async def served_at_once(pace: Pace, people: int) -> int:
    """Let many of one community come at once; tells how many were ever answered at the same time."""
    at_once, most = 0, 0

    async def go(invocation: Invocation) -> Answer:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        for _ in range(3):
            await others_go_on()
        at_once -= 1
        return await instant(invocation)

    await asyncio.gather(*(pace.let(one(f"m{n}"), go) for n in range(people)))
    return most


async def test_only_a_few_of_one_community_are_answered_at_the_same_time(street: Street):
    assert await served_at_once(street.pace(), 50) == Rates().in_work


async def test_a_crowd_is_served_one_by_one_only_while_others_are_there(street: Street):
    pace = street.pace()
    assert await served_at_once(pace, 500) == Rates().in_work, "nobody else is there"
    await pace.let(one("zoe", "elsewhere"), instant)
    assert await served_at_once(pace, 50) == 1
    street.watch.now += 6
    assert await served_at_once(pace, 50) == Rates().in_work, "the others are gone"


async def test_a_crowd_takes_a_quarter_of_the_time_at_most_beside_others(street: Street):
    """A work takes a hundredth of a second here by the watch; after it the next one waits for three of them."""
    pace, loop = street.pace(), asyncio.get_running_loop()
    begun: list[float] = []

    async def go(invocation: Invocation) -> Answer:
        begun.append(loop.time())
        street.watch.now += 0.01
        return await instant(invocation)

    for number in range(150):
        await pace.let(one(f"first{number}"), instant)
    await pace.let(one("zoe", "elsewhere"), instant)
    await asyncio.gather(*(pace.let(one(f"m{n}"), go) for n in range(4)))
    assert all(later - earlier > 0.029 for earlier, later in pairwise(begun))


async def test_who_goes_away_while_they_wait_lets_the_next_one_go_on(street: Street):
    pace, held = street.pace(), asyncio.Event()

    async def wait(invocation: Invocation) -> Answer:
        await held.wait()
        return await instant(invocation)

    holding = [asyncio.ensure_future(pace.let(one(f"h{n}"), wait)) for n in range(4)]
    await others_go_on()
    waiting = [asyncio.ensure_future(pace.let(one(f"w{n}"), instant)) for n in range(6)]
    await others_go_on()
    for task in (*waiting[:2], holding[0]):
        task.cancel()
    held.set()
    answers = await asyncio.gather(*holding, *waiting, return_exceptions=True)
    assert sum(isinstance(answer, Answer) for answer in answers) == 7


async def test_memory_of_the_pace_stays_small(street: Street):
    pace = street.pace()
    for number in range(MOST_KEPT + 10):
        street.watch.now += 1
        await pace.let(one(f"m{number}"), instant)
    assert len(pace._buckets) < 100

"""A flood that reaches several processes is one flood, and a restart forgets none of it."""

from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from time import monotonic

from adapters.runtime import open_circle
from bot.engine.answer import Answer
from bot.engine.clock import ManualClock
from bot.engine.invocation import Invocation, Place, Sender, TypedLine
from bot.engine.pace import Allowance, Pace, Rates
from bot.engine.spending import Spending
from bot.store import kept
from bot.store.database import Database
from bot.ui.reply import Reply
from tests.support.store import NOW, RING, open_store, url_of

FEW = Rates(community=Allowance(100, 1))


class Process:
    """One of several processes on one database; their watch and clock stand still but for `after`."""

    def __init__(self, db: Database) -> None:
        self.seconds = 1_000.0
        self.clock = ManualClock(NOW)
        self.pace = Pace(FEW, lambda: self.seconds)
        self.spending = Spending(db, self.pace, self.clock)

    def after(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.move(self.clock.now() + timedelta(seconds=seconds))

    async def sends(self, times: int, member: str = "amina") -> int:
        """Send some commands; tells how many were done."""
        answers = [await self.pace.let(sent_by(member), instant) for _ in range(times)]
        return sum(answer.reply.error is None for answer in answers)


def sent_by(member: str) -> Invocation:
    return Invocation(token_hex(8), Place("console", "circle"), Sender(member, member), TypedLine("/help"))


async def instant(_: Invocation) -> Answer:
    return Answer(Reply(()), "en")


async def test_what_one_process_let_through_another_does_not_let_through_again(tmp_path: Path):
    async with open_store(tmp_path) as db:
        first, second = Process(db), Process(db)
        assert await first.sends(12) == 12
        await first.spending.exchange()
        await second.spending.exchange()
        assert await second.sends(20) == 8
        await second.spending.exchange()
        await first.spending.exchange()
        assert await first.sends(20) == 0
        for process in (first, second):
            process.after(3)
        assert await first.sends(20) == 3


async def test_what_passed_before_they_heard_of_each_other_is_waited_for(tmp_path: Path):
    """The bound: so many bursts as there are processes, once; and then as many seconds of waiting, up to one more burst."""
    async with open_store(tmp_path) as db:
        many = [Process(db) for _ in range(3)]
        assert [await process.sends(30) for process in many] == [20, 20, 20]
        for process in (*many, *many):
            await process.spending.exchange()
        for _ in range(15):
            for process in many:
                process.after(1)
                await process.spending.exchange()
                assert await process.sends(5) == 0


async def test_a_crowd_of_one_community_is_one_crowd_too(tmp_path: Path):
    async with open_store(tmp_path) as db:
        first, second = Process(db), Process(db)
        assert sum([await first.sends(1, f"m{number}") for number in range(80)]) == 80
        await first.spending.exchange()
        await second.spending.exchange()
        assert sum([await second.sends(1, f"n{number}") for number in range(80)]) == 20


async def test_a_process_that_was_killed_leaves_what_it_told(tmp_path: Path):
    async with open_store(tmp_path) as db:
        killed = Process(db)
        await killed.sends(18)
        await killed.spending.exchange()
        next_one = Process(db)
        await next_one.spending.exchange()
        assert await next_one.sends(20) == 2


async def test_nothing_is_written_while_nobody_is_in_a_hurry_and_nothing_stays_afterwards(tmp_path: Path):
    async with open_store(tmp_path) as db:
        process = Process(db)

        async def written() -> int:
            return await db.read(lambda tx: len(kept.beginning(tx, "pace:")))

        await process.sends(4)
        await process.spending.exchange()
        assert await written() == 0
        await process.sends(10)
        await process.spending.exchange()
        assert await written() == 1
        process.after(60)
        await process.spending.exchange()
        assert await written() == 0
        assert not process.pace.runs_low.is_set()


async def test_a_restart_lets_no_second_burst_through(tmp_path: Path):
    answered, begun = 0, monotonic()
    for _ in range(3):
        async with open_circle(url_of(tmp_path), RING, ManualClock(NOW), {}, Rates()) as circle:
            for _ in range(25):
                answered += (await circle.dispatcher.answer(sent_by("amina"))).reply.error is None
    assert 20 <= answered <= 21 + monotonic() - begun

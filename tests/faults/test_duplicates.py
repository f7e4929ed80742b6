"""What a platform delivers twice is done once and answered the same: every command, every button, every form."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.engine.answer import Answer
from bot.engine.invocation import Invocation, PressedButton, Request, Sender, SubmittedForm, TypedLine
from bot.features import everything
from bot.store.database import Tx
from bot.store.tables import METADATA
from bot.ui.button import Button
from bot.ui.reply import Reply
from tests.faults.circle import PLACE, Circle, open_circle

TIMES = 3
NAMES = [command.name for command in everything().listed]
# What many examples speak of: a person on the list, an ask, a meeting and a plan.
FIRST = ("lead add", "ask sent", "meeting plan", "week plan")


@pytest_asyncio.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    async with open_circle(tmp_path) as opened:
        for name in FIRST:
            await deliver(opened, f"first {name}", TypedLine(example_of(name)))
        yield opened


def example_of(name: str) -> str:
    command = everything().get(name)
    assert command is not None
    return command.example


async def deliver(circle: Circle, delivery: str, request: Request) -> Answer:
    amina = Sender("user0", "Member 0", organiser=True)
    return await circle.dispatcher.answer(Invocation(delivery, PLACE, amina, request))


async def everything_kept(circle: Circle) -> list[str]:
    """Write out every row of the database."""

    def rows(tx: Tx) -> list[str]:
        return sorted(f"{table.name} {row}" for table in METADATA.sorted_tables for row in tx.execute(sa.select(table)))

    return await circle.db.read(rows)


async def repeated(circle: Circle, delivery: str, request: Request) -> Answer:
    """Deliver the same again and again; nothing more is done, and the answer is the first one's."""
    first = await deliver(circle, delivery, request)
    before = await everything_kept(circle)
    for _ in range(TIMES):
        again = await deliver(circle, delivery, request)
        assert again.reply == first.reply
    assert await everything_kept(circle) == before
    return first


def buttons_of(reply: Reply) -> Iterator[Button]:
    for part in reply.parts:
        yield from getattr(part, "buttons", ())


@pytest.mark.parametrize("name", NAMES)
async def test_a_command_that_comes_twice_is_done_once(circle: Circle, name: str) -> None:
    answer = await repeated(circle, "typed", TypedLine(example_of(name)))
    for number, button in enumerate(buttons_of(answer.reply)):
        await repeated(circle, f"pressed {number}", PressedButton(button.token))
    if answer.form is not None:
        values = {field.name: field.value or "3" for field in answer.form.fields}
        await repeated(circle, "submitted", SubmittedForm(answer.form.token, values))


async def test_the_same_delivery_many_times_at_once_is_done_once(circle: Circle) -> None:
    line = TypedLine('/lead add name:"Noor" organisation:"Delta" why:"She built the bridge."')
    answers = await asyncio.gather(*(deliver(circle, "at once", line) for _ in range(10)))
    assert len({str(answer.reply) for answer in answers}) == 1
    assert "Noor" in str(answers[0].reply)
    leads = [row for row in await everything_kept(circle) if row.startswith("leads ")]
    assert len(leads) == 2

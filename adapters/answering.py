"""What Discord and Slack share, since both want a first answer within three seconds.

An answer that is ready in time is the first answer. Else the platform gets an acknowledgement first, and the answer
takes its place. A form must open in time; else a button opens it.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from bot.engine.answer import Answer
from bot.engine.apology import apologise
from bot.engine.dispatch import Dispatcher
from bot.engine.errors import NotNow
from bot.engine.invocation import Invocation
from bot.ui.button import Button, Style
from bot.ui.languages import best
from bot.ui.reply import Paragraph, Reply, buttons
from bot.ui.text import t

T = TypeVar("T")

AT_ONCE = 1.0
"""Seconds that a first answer waits for the store; the rest of the three is for the way there and back."""


class PendingAnswers:
    """The deliveries that are being answered; a stop waits for them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closing = False
        """Whether nothing new is taken up."""

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin some work beside the task that took it up."""
        # The loop holds tasks only weakly, so the set keeps this one alive until it ends.
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @contextmanager
    def taken_up(self) -> Generator[None]:
        """Count the running task as one that answers, as long as this is open."""
        task = asyncio.current_task()
        assert task is not None, "only a running loop delivers anything"  # noqa: S101 - a slip of ours
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def drain(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        self.closing = True
        while self._tasks:
            await asyncio.wait(self._tasks)


class DelayedAck(Generic[T]):
    """Lets a platform wait for an answer for a while, then acknowledges, so that it goes on waiting."""

    def __init__(self, seconds: float, acknowledge: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self.given: T | None = None
        """What the acknowledgement gave, once it is lost."""
        self._acknowledge = acknowledge
        self._acknowledging: asyncio.Task[T] | None = None
        # A timer costs a tenth of a task for the answer and a wait for it, and nearly every answer is in time.
        self._timer = asyncio.get_running_loop().call_later(seconds, self._lose)

    async def lost(self) -> bool:
        """Stop the timer; returns whether it fired, after the platform has taken the acknowledgement.

        Raises:
            Exception: the platform refused the acknowledgement.
        """
        self._timer.cancel()
        if self._acknowledging is None:
            return False
        self.given = await self._acknowledging
        return True

    def _lose(self) -> None:
        self._acknowledging = asyncio.get_running_loop().create_task(self._acknowledge())


def shutting_down(language: str | None) -> Answer:
    """Say that the bot stops at this moment, so that nothing was done."""
    restarting = NotNow(t("I start again at this moment."), t("Please try again in a minute."))
    return Answer(apologise(restarting), best(language))


async def behind_a_button(dispatcher: Dispatcher, invocation: Invocation, answer: Answer) -> Answer:
    """Give a button that opens a form, where the form itself cannot open any more; other answers stay as they are."""
    if not answer.asks:
        return answer
    opens_it = Button(t("Open the form"), await dispatcher.set_aside(invocation), Style.MAIN)
    return Answer(
        Reply((Paragraph(t("The form is ready. Please press the button.")), buttons(opens_it))), answer.language
    )


def with_change(answer: Answer) -> Reply:
    """Give the reply of an answer, with a button that opens the form again where values were refused."""
    if answer.again is None:
        return answer.reply
    change = Button(t("Change what I typed"), answer.again, Style.MAIN)
    return Reply((*answer.reply.parts, buttons(change)), answer.reply.error)

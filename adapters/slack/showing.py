"""Shows an answer where it was asked: in the modal, in a new one, or beside the message."""

from typing import Any

import structlog

from adapters.slack import form
from adapters.slack.api import Api, Denied, Lost
from adapters.slack.files import apart
from adapters.slack.inbound import Arrived
from adapters.slack.render import Block, pages
from bot.engine.answer import Answer
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Visibility
from bot.ui.button import Button
from bot.ui.reply import Note, Part, Reply, buttons, reply
from bot.ui.text import t

ANSWERS = 5
"""Slack takes five answers at one response_url."""

log = structlog.get_logger()


class Window:
    """The ways to show an answer after the acknowledgement."""

    def __init__(self, dispatcher: Dispatcher, api: Api) -> None:
        self._dispatcher = dispatcher
        self._api = api

    async def open(self, arrived: Arrived, answer: Answer) -> None:
        """Open a modal with an answer; when the trigger is used up, say so in a message."""
        if await self.try_open(arrived, view_of(answer)) is None:
            await self.too_late(arrived, answer)

    async def try_open(self, arrived: Arrived, view: Block) -> str | None:
        """Open a modal; returns its id, or None when it did not open."""
        try:
            opened = await self._api.write("views.open", trigger_id=arrived.trigger, view=view)
        except (Denied, Lost) as fault:
            log.warning("modal not opened", reason=why(fault), delivery=arrived.invocation.delivery)
            return None
        return str(opened.get("view", {}).get("id", ""))

    async def update(self, view: str, answer: Answer) -> None:
        """Put an answer into an open modal."""
        try:
            await self._api.write("views.update", view_id=view, view=view_of(answer))
        except (Denied, Lost) as fault:
            # The person closed the modal: what they did is saved all the same.
            log.info("modal not updated", reason=why(fault))

    async def too_late(self, arrived: Arrived, answer: Answer) -> None:
        """Offer a form again that could not open, or say in a message what a modal would have said."""
        said = answer
        if asks(answer):
            again = await self._dispatcher.set_aside(arrived.invocation)
            said = Answer(
                reply(t("That took too long. Please press the button."), buttons(Button(t("Open the form"), again))),
                answer.language,
            )
        await self.say(arrived, said)

    async def say(self, arrived: Arrived, answer: Answer) -> None:
        """Answer in messages where it was asked, else in the person's own messages with the bot."""
        await self.send(arrived, answer, messages(answer))

    async def send(self, arrived: Arrived, answer: Answer, written: list[dict[str, Any]]) -> None:
        """Send what was written of an answer."""
        for message in written[:ANSWERS]:
            payload = {**message, "response_type": type_of(answer), "replace_original": False}
            if not (arrived.response_url and await self._api.answer_at(arrived.response_url, payload)):
                await self._in_private(arrived.user, message)

    async def _in_private(self, user: str, message: dict[str, Any]) -> None:
        try:
            await self._api.write("chat.postMessage", channel=user, **message)
        except (Denied, Lost) as fault:
            log.warning("no answer reached the person", reason=why(fault))


def why(fault: Denied | Lost) -> str:
    """Name a failure by Slack's own word."""
    return fault.code if isinstance(fault, Denied) else "lost"


def asks(answer: Answer) -> bool:
    """Tell whether an answer is a form, and not a reply that may offer one again."""
    return answer.form is not None and not answer.reply.parts


def messages(answer: Answer) -> list[dict[str, Any]]:
    """Write an answer as messages."""
    return [page.message(answer.language) for page in pages(_said(answer), answer.language)]


def type_of(answer: Answer) -> str:
    """Tell Slack who sees an answer."""
    return "in_channel" if answer.visibility is Visibility.SHARED else "ephemeral"


def view_of(answer: Answer) -> Block:
    """Write an answer as a modal."""
    if answer.form is not None and asks(answer):
        return form.modal(answer.form, answer.language)
    return form.answer_view(_said(answer), answer.language)


def response_to(arrived: Arrived, answer: Answer) -> dict[str, Any]:
    """Answer a submission: errors in place when every one of them has a place."""
    found = form.problems(answer.form, answer.language) if answer.form is not None and not asks(answer) else {}
    if found and found.keys() <= arrived.fields:
        return {"response_action": "errors", "errors": found}
    return {"response_action": "update", "view": view_of(answer)}


def _said(answer: Answer) -> Reply:
    """Give the reply, with where its files are, and with a button that opens the form again after a refusal."""
    more: list[Part] = [Note(t("The file is in our private messages."))] if apart(answer.reply) else []
    if answer.again is not None:
        more.append(buttons(Button(t("Change what I typed"), answer.again)))
    return Reply((*answer.reply.parts, *more), answer.reply.error)

"""Shows an answer where it was asked: in the modal, in a new one, or beside the message."""

from typing import Any

import structlog

from adapters.answering import behind_a_button, with_change
from adapters.slack import form
from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.files import where_apart
from adapters.slack.inbound import SlackDelivery
from adapters.slack.pages import pages
from adapters.slack.render import Block, in_row
from bot.engine.answer import Answer
from bot.engine.command import AnswerPlace
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Visibility
from bot.ui.reply import Reply

log = structlog.get_logger()


class SlackShowing:
    """The ways to show an answer after the acknowledgement."""

    def __init__(self, dispatcher: Dispatcher, api: Api) -> None:
        self._dispatcher = dispatcher
        self._api = api

    async def open(self, arrived: SlackDelivery, answer: Answer) -> None:
        """Open a modal with an answer; when the trigger is used up, say so in a message."""
        if await self.try_open(arrived, view_of(answer)) is None:
            await self.too_late(arrived, answer)

    async def try_open(self, arrived: SlackDelivery, view: Block) -> str | None:
        """Open a modal; returns its id, or None when it did not open."""
        try:
            opened = await self._api.write("views.open", trigger_id=arrived.trigger, view=view)
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("modal not opened", reason=why(fault), delivery=arrived.invocation.delivery)
            return None
        return str(opened.get("view", {}).get("id", ""))

    async def update(self, view: str, answer: Answer) -> None:
        """Put an answer into an open modal."""
        try:
            await self._api.write("views.update", view_id=view, view=view_of(answer))
        except (SlackDenied, SlackUnanswered) as fault:
            # The person closed the modal: what they did is saved all the same.
            log.info("modal not updated", reason=why(fault))

    async def too_late(self, arrived: SlackDelivery, answer: Answer) -> None:
        """Offer a form again that could not open, or say in a message what a modal would have said."""
        await self.say(arrived, await behind_a_button(self._dispatcher, arrived.invocation, answer))

    async def say(self, arrived: SlackDelivery, answer: Answer) -> None:
        """Answer where it was asked, else in the person's own messages with the bot."""
        await self.send(arrived, answer, await self.written(arrived, answer))

    async def written(self, arrived: SlackDelivery, answer: Answer) -> Block:
        """Write an answer as a message; a long one is kept in pages, and the first is written."""
        reply, language = _reply_of(answer), answer.language
        messages = pages(reply, language)
        if len(messages) > 1:
            stored = [Reply(tuple(page.holds), reply.error) for page in pages(reply, language, turned=True)]
            messages = pages(await self._dispatcher.in_pages(arrived.invocation, stored), language)
        return messages[0].message(language)

    async def send(self, arrived: SlackDelivery, answer: Answer, message: Block) -> None:
        """Send what was written of an answer: in the place of what was pressed, or in a message of its own."""
        changed = _changed(arrived, answer, message)
        payload = {**(changed or message), "response_type": type_of(answer), "replace_original": changed is not None}
        if not (arrived.response_url and await self._api.answer_at(arrived.response_url, payload)):
            await self._in_private(arrived.user, message)

    async def _in_private(self, user: str, message: dict[str, Any]) -> None:
        try:
            await self._api.write("chat.postMessage", channel=user, **message)
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("no answer reached the person", reason=why(fault))


def why(fault: SlackDenied | SlackUnanswered) -> str:
    """Name a failure by Slack's own word."""
    return fault.code if isinstance(fault, SlackDenied) else "lost"


def type_of(answer: Answer) -> str:
    """Tell Slack who sees an answer."""
    return "in_channel" if answer.visibility is Visibility.SHARED else "ephemeral"


def view_of(answer: Answer) -> Block:
    """Write an answer as a modal."""
    if answer.form is not None and answer.asks:
        return form.modal(answer.form, answer.language)
    return form.answer_view(_reply_of(answer), answer.language)


def response_to(arrived: SlackDelivery, answer: Answer) -> dict[str, Any]:
    """Answer a submission: errors in place when every one of them has a place."""
    problems = form.problems(answer.form, answer.language) if answer.form is not None and not answer.asks else {}
    if problems and problems.keys() <= arrived.fields:
        return {"response_action": "errors", "errors": problems}
    return {"response_action": "update", "view": view_of(answer)}


def _reply_of(answer: Answer) -> Reply:
    """Give the reply, with where its files are, and with a button that opens the form again after a refusal."""
    reply = with_change(answer)
    return Reply((*reply.parts, *where_apart(reply)), reply.error)


def _changed(arrived: SlackDelivery, answer: Answer, message: Block) -> Block | None:
    """Give the message a button was pressed in as it is with the answer in it; None when the answer stands by itself.

    Only what nobody else sees is changed. What only one person sees comes back from Slack without its blocks.
    """
    if answer.spot is AnswerPlace.BELOW or answer.reply.error is not None or not arrived.is_private:
        return None
    if answer.spot is AnswerPlace.MESSAGE:
        return message
    blocks = in_row(arrived.blocks, arrived.pressed, message["blocks"])
    return None if blocks is None else {**message, "blocks": blocks}

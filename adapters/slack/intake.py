"""Takes every delivery to the workspace it comes from; somebody in a workspace that the bot is not in hears so."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog

from adapters.answering import AT_ONCE, PendingAnswers
from adapters.slack import form, inbound
from adapters.slack.answering import Ack
from adapters.slack.api import Api
from adapters.slack.inbound import Payload
from adapters.slack.pages import pages
from adapters.slack.workspaces import Workspace, Workspaces
from bot.engine.apology import apologise, report_fault
from bot.engine.errors import NotNow
from bot.ui.plain import plain
from bot.ui.reply import Reply
from bot.ui.text import t

NOTHING: Mapping[str, Any] = {"options": []}

log = structlog.get_logger()


class DeliveryIntake:
    """The deliveries of every workspace, on their way to what answers them."""

    def __init__(self, workspaces: Workspaces, outside: Api) -> None:
        self._workspaces = workspaces
        self._outside = outside
        """Calls without a token: it answers where no workspace of ours is."""
        self._underway = PendingAnswers()

    async def command(self, body: Payload, ack: Ack) -> None:
        """Answer a slash command."""
        workspace = await self._of(body)
        if workspace is None:
            await ack({**self._stranger(), "response_type": "ephemeral"})
            return
        await workspace.answering.command(body, ack)

    async def press(self, body: Payload, ack: Ack) -> None:
        """Answer a pressed button."""
        await self._take(body, ack, lambda workspace: workspace.answering.press(body, ack))

    async def shortcut(self, body: Payload, ack: Ack) -> None:
        """Answer a shortcut."""
        await self._take(body, ack, lambda workspace: workspace.answering.shortcut(body, ack))

    async def submission(self, body: Payload, ack: Ack) -> None:
        """Answer a submitted modal."""
        workspace = await self._of(body)
        if workspace is None:
            await ack({"response_action": "update", "view": form.answer_view(self._workspaces.stranger, "en")})
            return
        await workspace.answering.submission(body, ack)

    async def suggestions(self, body: Payload, ack: Ack) -> None:
        """Offer what fits what has been typed into a menu."""
        workspace = await self._of(body)
        if workspace is None:
            await ack(NOTHING)
            return
        await workspace.answering.suggestions(body, ack)

    async def event(self, body: Payload, ack: Ack) -> None:
        """Show the home page to a person who opened it; note where the bot is, and is no more."""
        await ack()
        await self._workspaces.heard(body)
        arrived = inbound.opened_home(body)
        if arrived is not None and (
            workspace := await self._workspaces.of(arrived.team, inbound.organisation_of(body))
        ):
            await workspace.answering.show_home(arrived)

    def do(self, work: Coroutine[Any, Any, None], body: Payload, ack: Ack) -> None:
        """Do one of the above, so that `drain` waits for it; whatever happens, Slack gets an acknowledgement."""
        self._underway.start(_surely(work, body, ack))

    async def drain(self) -> None:
        """Wait until everything that was taken up is answered."""
        await self._underway.drain()

    async def _of(self, body: Payload) -> Workspace | None:
        """Find the workspace of a delivery, while there is still time to say that it cannot be found.

        Raises:
            NotNow: the store, or Slack, takes too long.
        """
        try:
            async with asyncio.timeout(AT_ONCE):
                return await self._workspaces.of(inbound.team_of(body), inbound.organisation_of(body))
        except TimeoutError:
            log.warning("workspace not found in time")
            raise NotNow(
                t("I am slow at this moment, and I did nothing."), t("Please try again in a minute.")
            ) from None

    async def _take(self, body: Payload, ack: Ack, answer: Callable[[Workspace], Awaitable[None]]) -> None:
        workspace = await self._of(body)
        if workspace is not None:
            await answer(workspace)
            return
        await ack()
        url = str(body.get("response_url", ""))
        if url:
            await self._outside.answer_at(url, {**self._stranger(), "response_type": "ephemeral"})

    def _stranger(self) -> dict[str, Any]:
        """Write what a person of another workspace hears, who may see the bot in a shared channel."""
        return pages(self._workspaces.stranger, "en")[0].message("en")


async def _surely(work: Coroutine[Any, Any, None], body: Payload, ack: Ack) -> None:
    """Run a handler; a fault is reported and answered, and Slack gets an acknowledgement in every case."""
    try:
        await work
    except NotNow as problem:
        await ack(_refusal(apologise(problem), body))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the person gets a word
        await ack(_refusal(apologise(report_fault(fault, platform="slack")), body))
    finally:
        await ack()


def _refusal(apology: Reply, body: Payload) -> Mapping[str, Any] | str:
    """Say what went wrong in an acknowledgement, where Slack shows one; a form stays open, with what was typed in it."""
    field = next(iter(form.fields_of(body.get("view") or {})), None) if body.get("type") == "view_submission" else None
    if field is not None:
        return {"response_action": "errors", "errors": {field: plain(apology, "en")}}
    return plain(apology, "en") if "command" in body else ""

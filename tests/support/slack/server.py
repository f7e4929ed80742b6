"""The loopback Slack itself: its addresses, its log, its complaints, and how payloads leave it."""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.engine.clock import Clock, ManualClock
from tests.support.slack import settling
from tests.support.slack.api import chat, conversations, files, people, views
from tests.support.slack.app import App
from tests.support.slack.calls import METHODS, Call, Refused, Token, arguments, may_call, token_of
from tests.support.slack.changes import Changes
from tests.support.slack.delivery import ACK_WITHIN, PATIENCE, Ack, Delivery, Door, Kind
from tests.support.slack.faults import DONE_ALL_THE_SAME, Fault, Faults, reset
from tests.support.slack.http import HttpDoor
from tests.support.slack.payloads import Payloads
from tests.support.slack.responses import by_response_url
from tests.support.slack.sockets import Sockets
from tests.support.slack.workspace import BOT_USER, Channel, Workspace
from tests.support.store import NOW

if TYPE_CHECKING:
    from tests.support.slack.person import Person

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-circle", "xapp-circle", "a signing secret"
LOADED = (chat, conversations, files, people, views)


@dataclass(frozen=True)
class Called:
    """One call of the bot's."""

    method: str
    args: dict[str, Any]


class Slack:
    """A Slack with one workspace, on a port of this machine; use `open_slack`."""

    def __init__(
        self,
        clock: Clock | None = None,
        app: App | None = None,
        patience: float = PATIENCE,
        workspace: Workspace | None = None,
    ) -> None:
        self.app = app or App()
        self.workspace = workspace or Workspace(clock or ManualClock(NOW))
        self.faults = Faults()
        self.calls: list[Called] = []
        self.refused: list[tuple[str, str, list[str]]] = []
        """What Slack refused: method, error, messages."""
        self.deliveries: list[Delivery] = []
        self.complaints: list[str] = []
        self.changes = Changes(patience, self.transcript, self.check)
        self.sockets = Sockets(self.workspace, self.changes, self.complain)
        self.tokens = {
            BOT_TOKEN: Token(BOT_TOKEN, "bot", set(self.app.scopes)),
            APP_TOKEN: Token(APP_TOKEN, "app", {"connections:write"}),
        }
        self.one_post_a_second = False
        self.posted_at: dict[str, float] = {}
        self.door: Door = self.sockets
        self.people: dict[str, Person] = {}
        self.general = self.workspace.add_channel("general")
        self._patience = patience
        self.ack_within = ACK_WITHIN
        """Seconds for the first answer; only the real program on a busy machine is given more than Slack gives."""
        self.other_app: str | None = None
        """Whose the app-level token is, when it is not this app's."""
        self._in_flight = 0
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The address for `SLACK_API_URL`."""
        return f"{self.base}/api/"

    async def start(self) -> None:
        app = web.Application(client_max_size=4_000_000)
        app.on_response_prepare.append(self._dated)
        app.router.add_get("/api/api.test", self._test)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/respond/{hook:.+}", self._respond)
        app.router.add_post("/upload/v1/{file}", self._upload)
        app.router.add_get("/files-pri/{file}", self._download)
        app.router.add_route("*", "/{rest:.*}", self._elsewhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.is_at(f"http://127.0.0.1:{self._runner.addresses[0][1]}")

    def is_at(self, base: str) -> None:
        """Give every address of this Slack with this in front."""
        self.base = base
        self.sockets.base = self.workspace.files_at = self.base
        self.payloads = Payloads(self.workspace, self.base)

    async def stop(self) -> None:
        await self.sockets.close_all()
        if isinstance(self.door, HttpDoor):
            await self.door.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def complain(self, complaint: str) -> None:
        """Record what no Slack would let pass unseen; the test fails with it."""
        self.complaints.append(complaint)
        self.changes.tell()

    def check(self) -> None:
        """Fail if anything unknown was seen."""
        if self.complaints:
            raise AssertionError("the loopback Slack saw:\n" + "\n".join(self.complaints))

    def transcript(self) -> str:
        """Say what happened so far, for a failing test."""
        lines = [
            f"{call.method} {json.dumps(call.args, ensure_ascii=False, default=str)[:600]}" for call in self.calls[-20:]
        ]
        lines += [f"refused {refusal}" for refusal in self.refused[-5:]]
        lines += [
            f"sockets open: {len(self.sockets.open)}; deliveries: {[delivery.kind for delivery in self.deliveries[-5:]]}"
        ]
        return "What the bot did last:\n" + "\n".join(lines)

    def log(self, method: str, args: dict[str, Any]) -> None:
        self.calls.append(Called(method, args))

    def called(self, method: str) -> list[dict[str, Any]]:
        """List the arguments of the calls of one method."""
        return [call.args for call in self.calls if call.method == method]

    def person(self, name: str, **about: Any) -> "Person":
        """Let somebody join the workspace and #general: locale, tz, admin, owner, real_name."""
        from tests.support.slack.person import Person  # noqa: PLC0415 - a person acts on a Slack

        person = Person(self, self.workspace.add_user(name, **about))
        self.general.members.add(person.id)
        self.people[name] = person
        return person

    def channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        """Add a channel with everybody in it, and the bot if it was invited."""
        channel = self.workspace.add_channel(name, private=private, bot=bot)
        channel.members |= {person.id for person in self.people.values()}
        return channel

    def uses_http(self, url: str, secret: str = SECRET, time_of: Callable[[], float] | None = None) -> HttpDoor:
        """Deliver by requests from now on, signed by the time of this Slack unless another is given."""
        door = HttpDoor(url, secret, time_of or self.workspace.now)
        self.door = door
        return door

    async def uninstalls(self) -> None:
        """Remove the app from the workspace: its token ends, and it is told."""
        self.tokens[BOT_TOKEN].ended = "account_inactive"
        await self.tells_of_the_end()

    async def tells_of_the_end(self) -> None:
        """Tell the app what Slack tells when it is removed."""
        await self.deliver(
            "events_api", self.payloads.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}})
        )
        await self.deliver("events_api", self.payloads.event({"type": "app_uninstalled"}))

    def installs(self) -> None:
        """Install the app again: its token is good once more."""
        self.tokens[BOT_TOKEN].ended = None

    async def connected(self, sockets: int = 1) -> None:
        """Wait until the bot has so many sockets open."""
        await self.changes.until(f"{sockets} sockets", lambda: len(self.sockets.open) == sockets)

    async def deliver(self, kind: Kind, payload: dict[str, Any]) -> Ack:
        """Bring a payload to the bot and give its ack."""
        return await self._deliver(Delivery(f"envelope-{next(self._numbers)}", kind, payload, self.workspace.now()))

    async def deliver_again(self, first: Delivery | None = None, reason: str = "timeout") -> Ack:
        """Bring the same payload once more, as Slack does with events that found no ack."""
        again = first or self.deliveries[-1]
        return await self._deliver(
            Delivery(
                f"envelope-{next(self._numbers)}",
                again.kind,
                again.payload,
                self.workspace.now(),
                again.attempt + 1,
                reason,
            )
        )

    async def _deliver(self, delivery: Delivery) -> Ack:
        self.deliveries.append(delivery)
        try:
            async with asyncio.timeout(self._patience):
                await self.door.give(delivery)
                ack = await delivery.answer
        except TimeoutError:
            return Ack(error="operation_timeout")
        self.check()
        late = self.workspace.now() - delivery.sent > self.ack_within
        return Ack(error="operation_timeout", status=ack.status) if late else ack

    async def settled(self, before: "set[asyncio.Task[object]]") -> None:
        """Wait until the bot has ended what it began since, and no call of it is open."""
        while True:
            begun = settling.begun_since(before)
            if begun:
                _, running = await asyncio.wait(begun, timeout=self._patience)
                if running:
                    raise AssertionError(f"the bot does not end what it began: {running}\n{self.transcript()}")
            elif self._in_flight:
                await self.changes.until("the last calls to end", lambda: not self._in_flight)
            else:
                self.check()
                return

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        return await self._with_faults(request, method, lambda: self._answered(request, method))

    async def _test(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True})

    async def _dated(self, _: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = formatdate(self.workspace.now(), usegmt=True)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await self._with_faults(request, "response_url", lambda: by_response_url(self, request))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await self._with_faults(request, "upload", lambda: files.uploaded(request, self.workspace))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return files.downloaded(request, self.workspace, self.tokens)

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        self.complain(f"{request.method} {request.path}, which Slack does not have")
        return web.Response(status=404)

    async def _with_faults(self, request: web.Request, method: str, work: Any) -> web.StreamResponse:
        self._in_flight += 1
        try:
            fault = self.faults.take(method)
            if fault is not None and fault.kind not in DONE_ALL_THE_SAME:
                self.log(method, {"fault": fault.kind})
                return self._failed(request, fault)
            if fault is not None and fault.kind == "late":
                await fault.released()
            answer: web.Response = await work()
            return answer if fault is None else await self._spoiled(request, fault, answer)
        finally:
            self._in_flight -= 1
            self.changes.tell()

    def _failed(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.kind == "reset":
            return reset(request)
        if fault.kind == "limited":
            return limited(fault.retry_after)
        if fault.kind == "status":
            return web.Response(status=fault.status, text="<html>Something went wrong</html>", content_type="text/html")
        return web.json_response({"ok": False, "error": fault.error})

    async def _spoiled(self, request: web.Request, fault: Fault, answer: web.Response) -> web.Response:
        if fault.kind == "lost" or not fault.answered:
            return reset(request)
        if fault.kind == "late":
            return answer
        if fault.kind == "held":
            self.changes.tell()
            await fault.released()
            return answer
        return web.Response(text=str(answer.text)[: len(str(answer.text)) // 2], content_type="application/json")

    async def _answered(self, request: web.Request, method: str) -> web.Response:
        try:
            return await self._work(request, method)
        except Refused as refused:
            self.refused.append((method, refused.error, refused.messages))
            return limited(1) if refused.error == "ratelimited" else web.json_response(refused.answer())

    async def _work(self, request: web.Request, method: str) -> web.Response:
        args = await arguments(request)
        method_called = METHODS.get(method)
        if method_called is None:
            self.complain(f"the unknown method {method} with {sorted(args)}")
            raise Refused("unknown_method")
        self.log(method, {name: value for name, value in args.items() if name != "token"})
        for name in args.keys() - method_called.takes:
            self.complain(f"{method} with the unknown argument {name}={args[name]!r}")
        token = token_of(request, args, self.tokens)
        may_call(method_called, token)
        answer = method_called.work(Call(self, method, args, token))
        return web.json_response({"ok": True, **answer}, headers={"X-OAuth-Scopes": ",".join(sorted(token.scopes))})


def limited(seconds: int) -> web.Response:
    """Answer that there were too many calls."""
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})

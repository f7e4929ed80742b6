"""HTTP mode: Slack's requests, checked before anything reads them; the host's own checks; and who adds the bot."""

import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from hashlib import sha256

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import install_pages, installing
from adapters.slack.bolt import Acknowledged, dispatch
from adapters.slack.installing import InstallFlow
from bot.engine.clock import Clock

EVENTS, ALIVE, READY = "/slack/events", "/healthz", "/readyz"
FRESH = timedelta(minutes=5)
"""An older request, or one from the future, may be a recorded one that somebody plays again."""
LARGEST = 1024 * 1024
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)


def genuine(secret: str, stamp: str, body: bytes, signature: str, now: float) -> bool:
    """Tell whether Slack signed a request in the last five minutes; whatever the headers hold, it never raises."""
    if not secret or not _SECONDS.fullmatch(stamp) or abs(now - int(stamp)) > FRESH.total_seconds():
        return False
    wanted = "v0=" + hmac.new(secret.encode(), b"v0:%b:%b" % (stamp.encode(), body), sha256).hexdigest()
    # As bytes: a header may hold any byte, and `compare_digest` takes only ASCII text.
    return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "surrogateescape"))


def build(
    app: AsyncApp, secret: str, clock: Clock, ready: Callable[[], Awaitable[bool]], adding: InstallFlow | None = None
) -> web.Application:
    """Make the web server; with `adding`, everybody may add the bot to their workspace."""

    async def events(request: web.Request) -> web.Response:
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        headers = request.headers
        stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
        if not genuine(secret, stamp, body, signature, clock.now().timestamp()):
            return web.Response(status=401)
        return await _answer(app, request, body)

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def is_ready(_: web.Request) -> web.Response:
        good = await ready()
        return web.Response(text="ready\n" if good else "not ready\n", status=200 if good else 503)

    application = web.Application(client_max_size=LARGEST)
    application.router.add_post(EVENTS, events)
    application.router.add_get(ALIVE, alive)
    application.router.add_get(READY, is_ready)
    if adding is not None:
        _offer(application, adding)
    return application


def _offer(application: web.Application, adding: InstallFlow) -> None:
    """Add the pages on which somebody adds the bot to their workspace."""

    def page(
        make: Callable[[web.Request], install_pages.InstallPage],
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            accepted = request.headers.get("Accept-Language", "")
            language = install_pages.language_of(request.query.get("lang", ""), accepted)
            html = install_pages.as_html(make(request), language, request.path, {**request.query})
            headers = {**install_pages.HEADERS, "Content-Language": language, "Vary": "Accept-Language"}
            return web.Response(text=html, content_type="text/html", headers=headers)

        return answer

    async def start(_: web.Request) -> web.Response:
        return _sent_on(await adding.start())

    async def back(request: web.Request) -> web.Response:
        return _sent_on(await adding.back(request.query_string, request.headers.get("Cookie", "")))

    get = application.router.add_get
    get(installing.PAGE, page(lambda _: install_pages.install_page(adding.privacy)))
    get(installing.START, start)
    get(installing.BACK, back)
    get(
        installing.INSTALLED,
        page(lambda asked: install_pages.installed_page(asked.query.get("team", ""), asked.query.get("app", ""))),
    )
    get(installing.NOT_INSTALLED, page(lambda asked: install_pages.failed_page(asked.query.get("why", ""))))


def _sent_on(response: BoltResponse) -> web.Response:
    """Write an answer of Bolt's that sends a browser elsewhere."""
    answer = web.Response(
        status=response.status, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )
    for name, values in response.headers.items():
        for value in values:
            answer.headers.add(name, value)
    return answer


async def _answer(app: AsyncApp, request: web.Request, body: bytes) -> web.Response:
    try:
        text = body.decode()
    except ValueError:
        return web.Response(status=400)
    query = request.query_string
    headers: dict[str, str | Sequence[str]] = {**request.headers}
    response = await dispatch(app, lambda: AsyncBoltRequest(body=text, query=query, headers=headers))
    if isinstance(response, Acknowledged):
        carries = response.carries
        return web.Response(text=carries) if isinstance(carries, str) else web.json_response(carries)
    kind = response.headers.get("content-type", ["text/plain"])[0].split(";")[0]
    return web.Response(status=response.status, text=response.body, content_type=kind)

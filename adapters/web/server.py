"""The web server of the page: its files, and the socket over which a circle is seen. It asks no address outside."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import structlog
from aiohttp import hdrs, web

from adapters.web.socket import Socket
from adapters.web.visitors import Visitors
from adapters.web.words import said
from bot.engine.invocation import Upload
from bot.faults import recorded
from bot.ui.languages import best, right_to_left

STATIC = Path(__file__).parent / "static"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
COOKIE = "circle"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine; with any other one, another site has led the browser here."""
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-cache",
    "Server": "Hello Circle",
}
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
CLOSING_SECONDS = 1.0
BRINGING = 4
"""How much a file counts among what a visitor sends."""
AT_ONCE, TAKING_SECONDS = 8, 20.0
"""Files that are taken at the same time, and how long one may take."""

log = structlog.get_logger()
SILENT = logging.getLogger("adapters.web.silent")
"""Takes what aiohttp says of requests that it cannot read: there are addresses in it, and what was sent."""
SILENT.setLevel(logging.CRITICAL + 1)


class Server:
    """Serves the page to visitors; behind a proxy it believes what the proxy says of them."""

    def __init__(self, visitors: Visitors, *, public: bool) -> None:
        self._visitors, self._public = visitors, public
        self._files = {path.name: _File(path) for path in STATIC.iterdir() if path.suffix in TYPES}
        self._taking = asyncio.Semaphore(AT_ONCE)
        self._page = Template((STATIC / "index.html").read_text(encoding="utf-8"))

    def runner(self) -> web.AppRunner:
        """Make what runs it: neither what is asked for nor who asks is ever logged."""
        return web.AppRunner(self.application(), access_log=None, logger=SILENT, shutdown_timeout=CLOSING_SECONDS)

    def application(self) -> web.Application:
        """Make the application."""
        application = web.Application(middlewares=[self._guard], client_max_size=self._visitors.limits.file_bytes)
        application.router.add_get("/", self._index)
        application.router.add_get("/socket", self._socket)
        application.router.add_get("/static/{name}", self._static)
        application.router.add_post("/file", self._bring)
        application.on_response_prepare.append(_head)
        application.on_shutdown.append(self._close)
        return application

    async def _close(self, _: web.Application) -> None:
        self._visitors.close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what comes by another name than ours: on this machine a strange site could have led here."""
        if not self._public and _name_of(request.host) not in LOOPBACK:
            raise web.HTTPForbidden(text="This page is only for this machine.\n")
        try:
            return await handler(request)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is told without what was sent
            log.error("a request met a fault", **recorded(fault))  # noqa: TRY400
            raise web.HTTPInternalServerError(text="Something went wrong on our side.\n") from None

    async def _index(self, request: web.Request) -> web.Response:
        language = wished(request)
        words = {name: escape(word) for name, word in said(language).items()}
        direction = "rtl" if right_to_left(language) else "ltr"
        page = self._page.substitute(words, lang=language, dir=direction)
        response = web.Response(text=page, content_type="text/html")
        if self._visitors.find(self._name(request)) is None:
            secure = self._public and request.headers.get("X-Forwarded-Proto", "") == "https"
            cookie, name = self._cookie(request), self._visitors.new_name()
            response.set_cookie(cookie, name, httponly=True, samesite="Strict", secure=secure)
        return response

    async def _static(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["name"])
        if file is None or file.is_page:
            raise web.HTTPNotFound(text="There is no such page.\n")
        if request.headers.get(hdrs.IF_NONE_MATCH) == file.tag:
            return web.Response(status=304, headers={hdrs.ETAG: file.tag})
        return web.Response(body=file.content, content_type=file.type, charset="utf-8", headers={hdrs.ETAG: file.tag})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        name = self._name(request)
        if not _is_from_here(request) or not name.isascii() or not 16 <= len(name) <= 64:
            raise web.HTTPForbidden(text="Open the page first.\n")
        return await Socket(self._visitors, request).serve(name, self._address(request), wished(request))

    async def _bring(self, request: web.Request) -> web.Response:
        """Take a file that a form needs; it stays in memory, and the form gives its name to the bot."""
        visitor = self._visitors.find(self._name(request))
        if visitor is None or not _is_from_here(request):
            raise web.HTTPForbidden(text="Open the page first.\n")
        if not self._visitors.may_send(visitor, BRINGING):
            raise web.HTTPTooManyRequests(text="That was too fast. Please wait a moment.\n")
        try:
            async with self._taking, asyncio.timeout(TAKING_SECONDS):
                content = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="The file did not arrive. Please try it again.\n") from None
        return web.json_response(
            {"file": self._visitors.bring(visitor, Upload(request.query.get("name", ""), content))}
        )

    def _cookie(self, request: web.Request) -> str:
        """Name the cookie: a browser gives those of one port of this machine to every other one too."""
        return COOKIE if self._public else f"{COOKIE}{request.host.rpartition(':')[2]}"

    def _name(self, request: web.Request) -> str:
        return request.cookies.get(self._cookie(request), "")

    def _address(self, request: web.Request) -> str:
        """Tell where a visitor comes from: the proxy adds the address at the end of what the visitor claims.

        A proxy is on this machine or in its own network; what anybody else claims is not believed.
        """
        near = request.remote or ""
        believed = self._public and _is_near(near)
        forwarded = request.headers.get("X-Forwarded-For", "") if believed else ""
        return forwarded.rpartition(",")[2].strip() or near


def _name_of(host: str) -> str | None:
    """Read the name of a machine out of a host with its port; None where that is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_near(address: str) -> bool:
    """Tell whether an address is of this machine, or of a network that the internet does not reach."""
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


def _is_from_here(request: web.Request) -> bool:
    """Tell whether our own page sent this; another site's may open a socket here, but not read or do anything."""
    return request.headers.get(hdrs.ORIGIN, "") in {f"{scheme}://{request.host}" for scheme in ("http", "https")}


class _File:
    """A file of the page, read once."""

    def __init__(self, path: Path) -> None:
        self.content = path.read_bytes()
        self.type = TYPES[path.suffix]
        self.is_page = path.suffix == ".html"
        self.tag = f'"{sha256(self.content).hexdigest()[:20]}"'


def wished(request: web.Request) -> str:
    """Read which language the browser wishes, by the order in which it names them."""
    wishes = (wish.partition(";")[0].strip() for wish in request.headers.get(hdrs.ACCEPT_LANGUAGE, "").split(","))
    return best(*list(wishes)[:10])


async def _head(_: web.Request, response: web.StreamResponse) -> None:
    headers: Mapping[str, Any] = HEADERS
    response.headers.update(headers)

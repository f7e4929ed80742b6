"""What the page lets in, and what it lets nobody do: other sites, floods, huge frames, too many visitors."""

import asyncio
import gc
import json
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import WSMsgType, WSServerHandshakeError

from adapters.web import circles as circles_module, pictures, rooms, socket, uploads, visitors
from adapters.web.circles import Circles
from adapters.web.server import STATIC, _is_near
from adapters.web.socket import LARGEST, REFUSED
from adapters.web.visitors import OWN, PUBLIC, Visitors
from bot.engine.invocation import Upload
from bot.engine.pace import Allowance
from tests.live.waiting import until
from tests.web.client import Page, circles, serving, texts, visiting

pytestmark = pytest.mark.asyncio(loop_scope="module")
OUTSIDE = re.compile(r"""(?:https?:)?//[\w.-]+\.\w+""")
SAFE = {"http://www.w3.org"}
"""The name of the language of pictures; nobody asks it."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def begun() -> AsyncGenerator[Circles]:
    async with circles() as opened:
        yield opened


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
async def test_the_page_asks_no_address_outside_and_needs_nothing_inline(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert set(OUTSIDE.findall(source)) <= SAFE
    if path.suffix == ".html":
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", source)
    if path.suffix == ".js":
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source)


async def test_every_answer_has_the_headers_that_keep_a_browser_safe(begun: Circles) -> None:
    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        for path in ("/", "/static/main.js", "/static/mark.svg", "/nowhere", "/static/index.html"):
            async with page.http.get(f"{base}{path}") as answer:
                csp = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in csp
                assert "unsafe" not in csp
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert "aiohttp" not in answer.headers["Server"]


async def test_a_file_that_did_not_change_is_not_sent_again(begun: Circles) -> None:
    async with serving(begun) as base, visiting(base) as page:
        async with page.http.get(f"{base}/static/page.css") as first:
            tag = first.headers["ETag"]
        async with page.http.get(f"{base}/static/page.css", headers={"If-None-Match": tag}) as second:
            assert second.status == 304


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/page.css/..", "/x" * 900]
)
async def test_nothing_else_is_given_out(begun: Circles, path: str) -> None:
    async with serving(begun) as base, visiting(base) as page, page.http.get(f"{base}{path}") as answer:
        assert answer.status in {403, 404}


async def test_the_only_cookie_is_the_sessions_and_no_script_reads_it(begun: Circles) -> None:
    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        behind = {"X-Forwarded-Proto": "https"}
        async with page.http.get(f"{base}/", headers=behind) as answer:
            (cookie,) = answer.headers.getall("Set-Cookie")
        assert cookie.startswith("circle=")
        assert {"HttpOnly", "Secure", "SameSite=Strict"} <= set(cookie.split("; "))
        assert "expires" not in cookie.lower()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "", "null", "http://127.0.0.1", "http://[", "http://@", "//", "http:///", "*"]
)
async def test_another_site_opens_no_socket(begun: Circles, origin: str) -> None:
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        with pytest.raises(WSServerHandshakeError) as refused:
            await page.connect(Origin=origin)
        assert refused.value.status == 403


@pytest.mark.parametrize(
    "host",
    ["rebound.example:80", "[", "[bad", "127.0.0.1.rebound.example", "localhost.rebound.example", "127.1", ""],
)
async def test_a_name_that_leads_a_strange_site_to_this_machine_is_refused(begun: Circles, host: str) -> None:
    strange = {"Host": host}
    async with serving(begun) as base, visiting(base) as page, page.http.get(f"{base}/", headers=strange) as answer:
        assert answer.status == 403


async def test_a_socket_without_a_session_is_refused(begun: Circles) -> None:
    async with serving(begun) as base, visiting(base) as page:
        with pytest.raises(WSServerHandshakeError):
            await page.connect()


async def test_who_finds_no_room_is_told_and_gets_in_when_somebody_is_long_gone(
    begun: Circles, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(PUBLIC, visitors=2)
    async with serving(begun, limits, public=True) as base, visiting(base) as first, visiting(base) as second:
        await first.open()
        await second.open()
        async with visiting(base) as third:
            await third.open()
            assert third.has("full")
        assert second.socket is not None
        await second.socket.close()
        async with visiting(base) as fourth:
            await fourth.open()
            assert fourth.has("full"), "it may be loaded again in a moment"
            monkeypatch.setattr(visitors, "monotonic", lambda: monotonic() + limits.unused_seconds)
            await fourth.connect()
            assert fourth.has("view")
        assert await first.type("/lead next")


async def test_one_address_takes_not_all_the_room(begun: Circles) -> None:
    limits = replace(PUBLIC, of_one_address=1)
    async with serving(begun, limits, public=True) as base, visiting(base) as first, visiting(base) as second:
        await first.open(**{"X-Forwarded-For": "203.0.113.9"})
        await second.open(**{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
        assert second.has("full"), "what the proxy added counts, not what the visitor claims"
        await second.connect(**{"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
        assert second.has("view")


def ends_of_circles() -> set[asyncio.TimerHandle]:
    """Find the timers that end circles."""
    waiting: list[asyncio.TimerHandle] = vars(asyncio.get_running_loop())["_scheduled"]
    return {timer for timer in waiting if getattr(timer._callback, "__func__", None) is Visitors._end}


def half_an_hour_is_over(others: set[asyncio.TimerHandle]) -> None:
    """End the one circle whose timer is none of these."""
    (end,) = ends_of_circles() - others
    assert 1700 < end.when() - asyncio.get_running_loop().time() <= 1800
    end._run()
    end.cancel()


async def test_a_circle_is_gone_after_its_time_with_its_file(begun: Circles) -> None:
    others = ends_of_circles()
    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        await page.open()
        assert 1700 < page.one("here")["seconds"] <= 1800
        await page.type("/lead add name:Zora organisation:Nordik why:rivers")
        files = set(begun._folder.glob("*/circle.db"))
        half_an_hour_is_over(others)
        await page.next()
        assert page.has("gone")
        await until("its file is gone", lambda: len(set(begun._folder.glob("*/circle.db"))) < len(files))
        await page.connect()
        await page.type("/lead show lead:Zora")
        assert "could not find" in texts(page.one("message"))


async def test_a_flood_is_refused_and_others_do_not_wait(begun: Circles) -> None:
    limits = replace(PUBLIC, frames=Allowance(5, 0.001))
    async with serving(begun, limits, public=True) as base, visiting(base) as flood, visiting(base) as other:
        await flood.open()
        await other.open()
        assert flood.socket is not None
        for _ in range(REFUSED + 20):
            await flood.socket.send_str('{"do": "type", "line": "/lead next"}')
        await other.type("/lead next")
        assert other.has("message"), "although nobody reads what the flood is told"
        kinds = [message.type async for message in flood.socket]
        assert flood.socket.closed
        assert len(kinds) < REFUSED + 10


async def test_a_page_that_is_opened_again_and_again_wakes_its_circle_only_so_often(begun: Circles) -> None:
    limits = replace(PUBLIC, frames=Allowance(5, 0.001))
    async with serving(begun, limits, public=True) as base, visiting(base) as page:
        await page.open()
        await page.connect()
        assert page.has("view")
        for _ in range(20):
            await page.connect()
            assert [event["kind"] for event in page.events] == ["slow"]


async def test_two_demos_of_one_browser_keep_their_circles(begun: Circles) -> None:
    async with serving(begun) as base, serving(begun) as beside, visiting(base) as page:
        await page.open()
        await page.type("/lead next")
        other = Page(page.http, beside)
        await other.open()
        await page.open()
        assert len(page.one("view")["messages"]) == 1


async def test_a_request_that_nobody_can_read_is_not_logged(
    begun: Circles, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, logged: list[dict[str, Any]]
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("Zora told me her secret")

    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        async with page.http.get(f"{base}/", headers={"Cookie": "Zora" * 5000}) as answer:
            assert answer.status == 400
        monkeypatch.setattr("adapters.web.socket.Socket.serve", broken)
        with pytest.raises(WSServerHandshakeError):
            await page.open()
    assert [line["event"] for line in logged if line["level"] == "error"] == ["a request met a fault"]
    assert "Zora" not in json.dumps(logged, default=str) + caplog.text
    assert not [line for line in caplog.records if line.name.startswith("aiohttp")]


@pytest.mark.parametrize(
    "raw",
    [
        "x",
        "[]",
        "{}",
        '{"do": "drop"}',
        '{"do": "type"}',
        '{"do": "type", "line": 7}',
        '{"do": "type", "line": "x", "more": 1}',
        '{"do": "press", "token": "' + "x" * 201 + '"}',
        '{"do": "type", "line": "' + "x" * 4001 + '"}',
        '{"do": "be", "who": ["a"]}',
        '{"do": "call", "command": "lead add", "values": {"name": {"a": 1}}}',
        "[" * 3000,
    ],
)
async def test_what_no_page_sends_changes_nothing_and_the_page_goes_on(begun: Circles, raw: str) -> None:
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        assert page.socket is not None
        await page.socket.send_str(raw)
        await page.next()
        assert page.has("slow")
        await page.type("/lead next")
        assert page.has("message")


@pytest.mark.parametrize(
    "frame",
    [
        {"do": "send", "token": "x"},
        {"do": "send", "token": "x", "components": [{"component": {}}, {}, {"component": {"custom_id": 1}}]},
        {"do": "send", "token": "x", "components": [{"component": 7}]},
        {"do": "send", "token": "x", "state": {"values": 7}},
        {"do": "send", "token": "x", "state": {"values": {"a": {"b": {"selected_local": "never"}}}}},
        {"do": "press", "token": ""},
        {"do": "call", "command": "no such", "values": {"a": "b"}},
        {"do": "offer", "number": 1, "command": "no", "param": "no", "typed": ""},
        {"do": "go", "room": "home"},
    ],
)
@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_a_frame_made_by_hand_never_ends_the_page(begun: Circles, frame: dict[str, Any], platform: str) -> None:
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        await page.do("show", platform=platform)
        await page.do(**frame)
        await page.type("/lead next")
        assert "The bot answered only you." in page.told()


async def test_a_file_is_taken_from_a_page_of_ours_only_and_not_too_large(begun: Circles) -> None:
    limits = replace(PUBLIC, file_bytes=2000, frames=Allowance(30, 0.001))
    async with serving(begun, limits, public=True) as base, visiting(base) as page:
        assert (await page.bring("a.csv", b"name"))[0] == 403, "no page is open"
        await page.open()
        for origin in ("http://evil.example", "", "null"):
            assert (await page.bring("a.csv", b"name", Origin=origin))[0] == 403
        assert (await page.bring("a.csv", b"n" * 2000))[0] == 200
        assert (await page.bring("a.csv", b"n" * 2001))[0] == 413
        assert [(await page.bring("../a\0.csv", b"n"))[0] for _ in range(10)][-1] == 429, "files are counted too"
        assert len(begun.uploads._kept) <= 1


async def test_files_that_are_never_used_take_no_more_than_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ALL_TOGETHER", 5000)
    waiting = uploads.Uploads()
    names = [waiting.put(number, Upload("a.csv", b"n" * 1000)) for number in range(100)]
    assert len(waiting._kept) == 5
    assert waiting.find(99, names[99]).data
    with pytest.raises(FileNotFoundError):
        waiting.find(0, names[0])
    with pytest.raises(FileNotFoundError):
        waiting.find(98, names[99])
    for number in range(100):
        waiting.forget(number)
    assert not waiting._kept


@pytest.mark.parametrize(("largest", "together", "crowded"), [(1, 10**9, 2), (10**9, 1, 2), (10**9, 10**9, 0)])
async def test_a_circle_grows_only_where_the_others_leave_room(
    begun: Circles, monkeypatch: pytest.MonkeyPatch, largest: int, together: int, crowded: int
) -> None:
    monkeypatch.setattr(circles_module, "LARGEST", largest)
    monkeypatch.setattr(circles_module, "ALL_TOGETHER", together)
    monkeypatch.setattr(circles_module, "SHARE", 1)
    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        await page.open()
        told = 0
        for frame in ({"do": "type", "line": "/lead next"}, {"do": "move", "to": "day"}):
            await page.do(**frame)
            told += page.has("crowded")
        assert told == crowded
        await page.do("go", room="digest")
        assert page.has("view"), "what is there can be looked at"


async def test_messages_with_large_files_make_room_for_newer_ones(
    begun: Circles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "BYTES", 30_000)
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        for _ in range(12):
            await page.type("/me record")
            assert page.one("message")["message"]["payloads"][0]["files"], "the newest one is always there"
        await page.do("go", room="general")
        assert 1 <= len(page.one("view")["messages"]) < 12


async def test_what_was_typed_is_in_no_picture_once_the_circle_is_gone(begun: Circles) -> None:
    before, others = set(pictures._shown), ends_of_circles()
    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        await page.open()
        await page.do("call", command="board join", values={"name": "nickname", "nickname": "Secret Fox"})
        await page.type("/lead add name:Zora organisation:Nordik why:rivers")
        await page.do("move", to="monday")
        half_an_hour_is_over(others)
        while not page.has("gone"):
            await page.next()
        await until("its pictures are gone", lambda: gc.collect() >= 0 and set(pictures._shown) == before)


@pytest.mark.parametrize("claims", ["9.9.9.9", "8.8.8.8", "::ffff:8.8.8.8", "", "no address"])
async def test_only_a_proxy_that_is_near_is_believed(claims: str) -> None:
    assert not _is_near(claims)
    for near in ("127.0.0.1", "::1", "172.18.0.3", "10.0.0.1", "fd00::1"):
        assert _is_near(near)


@pytest.mark.parametrize("send", ["str", "bytes"])
async def test_a_huge_frame_closes_the_socket(begun: Circles, send: str) -> None:
    async with serving(begun) as base, visiting(base) as page:
        await page.open()
        assert page.socket is not None
        if send == "str":
            await page.socket.send_str("x" * (LARGEST + 1))
        else:
            await page.socket.send_bytes(b"x" * 10)
        closed = await page.socket.receive(timeout=60)
        assert closed.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_a_page_that_reads_nothing_is_cut_off(begun: Circles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "SEND_SECONDS", 0.3)
    cuts, cut_off = list[socket.Socket](), socket.Socket._cut_off
    monkeypatch.setattr(socket.Socket, "_cut_off", lambda page: (cuts.append(page), cut_off(page)))
    async with serving(begun, OWN) as base, visiting(base) as slow, visiting(base) as other:
        await slow.open()
        await other.open()
        assert slow.socket is not None
        connection = slow.socket._response.connection
        assert connection is not None
        transport = connection.transport
        assert transport is not None
        transport.pause_reading()
        try:
            for _ in range(60):
                await slow.socket.send_str('{"do": "go", "room": "digest"}')
        except ConnectionError:
            pass
        await other.type("/lead next")
        assert other.has("message")
        await until("it is cut off", lambda: cuts)
        transport.resume_reading()
        messages = [message async for message in slow.socket]
        assert len(messages) < 60


async def test_nothing_that_is_typed_is_logged(
    begun: Circles, logged: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("Zora told me her secret")

    async with serving(begun, PUBLIC, public=True) as base, visiting(base) as page:
        await page.open()
        await page.type("/lead add name:Zora organisation:Nordik why:secret")
        await page.type("Zora has a secret")
        monkeypatch.setattr("adapters.web.visit.Visit.do", broken)
        await page.type("Zora again")
        assert page.has("trouble")
    assert [line for line in logged if line["level"] == "error"], "a fault is told to the operator"
    log = json.dumps(logged, default=str) + "".join(capfd.readouterr())
    assert "Zora" not in log
    assert "secret" not in log


async def test_a_circle_that_slept_goes_on_where_it_was(begun: Circles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circles_module, "AWAKE", 1)
    async with serving(begun) as base, visiting(base) as first, visiting(base) as second:
        await first.open()
        await first.type("/lead add name:Zora organisation:Nordik why:rivers")
        await second.open()
        assert len(begun._awake) == 1
        await asyncio.gather(first.do("move", to="monday"), second.do("move", to="day"))
        await first.do("go", room="general")
        await first.type("/lead show lead:Zora")
        assert "Zora, Nordik" in texts(first.one("message"))
        assert second.one("state")["day"] == "Friday 13 March 2026"
        assert len(begun._awake) == 1

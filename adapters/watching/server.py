"""Three pages for whoever watches the bot: `/healthz`, `/readyz` and `/metrics`; they hold no name and no text."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from math import inf, nan
from typing import TypeAlias

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from adapters.ports import listen
from adapters.watching.counted import PrometheusMeasures
from adapters.watching.health import ANSWER_WITHIN, Health
from bot.store import migrate, notices
from bot.store.errors import StoreError

ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
UNREADY = 503

Newest: TypeAlias = Callable[[], datetime | None]
"""Tells when the newest backup was made."""

log = structlog.get_logger()


@asynccontextmanager
async def telling(
    host: str, port: int, health: Health, counted: PrometheusMeasures, newest_backup: Newest
) -> AsyncGenerator[None]:
    """Serve the pages in the block.

    Raises:
        CannotRun: the port cannot be used.
    """
    runner = web.AppRunner(_pages(health, counted, newest_backup), access_log=None, shutdown_timeout=1)
    await runner.setup()
    counted.info.labels(version("hello-circle"), migrate.HEAD).set(1)
    try:
        await listen(runner, port, "HEALTH_PORT", host)
        log.info("telling how it is", host=host, port=port)
        yield
    finally:
        await runner.cleanup()


def _pages(health: Health, counted: PrometheusMeasures, newest_backup: Newest) -> web.Application:
    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        checks = await health.look()
        all_ok = all(check.ok for check in checks.values())
        report = {"ready": all_ok, "checks": {name: asdict(check) for name, check in checks.items()}}
        return web.json_response(report, status=200 if all_ok else UNREADY)

    async def metrics(_: web.Request) -> web.Response:
        for name, check in (await health.look()).items():
            counted.ready.labels(name).set(check.ok)
        counted.round_age.set(health.circle.rounds.pulse.age)
        counted.backup_age.set(_age(newest_backup(), health.circle.clock.now()))
        counted.notices.set(await _notices(health))
        return web.Response(body=counted.written(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get(ALIVE, alive)
    app.router.add_get(READY, ready)
    app.router.add_get(METRICS, metrics)
    return app


async def _notices(health: Health) -> float:
    """Count what waits; a store that does not answer has no number, and the other figures are told all the same."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await health.circle.db.read(notices.unsent)
    except (StoreError, TimeoutError):
        return nan


def _age(made_at: datetime | None, now: datetime) -> float:
    return inf if made_at is None else (now - made_at).total_seconds()

"""Pictures are drawn beside the bot, so that a wave of digests keeps nobody waiting who types."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncGenerator
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import pytest_asyncio

from bot.ui.chart import Chart, PictureError, TopPlace, WeekTotals
from bot.ui.drawing import draw
from bot.ui.studio import Studio


def chart(number: int = 0) -> Chart:
    weeks = tuple(WeekTotals(202604 + week, 9 + week + number, 4, 1) for week in range(8))
    return Chart(weeks, tuple(TopPlace(place, f"Amina {place}", 20 - place) for place in range(1, 11)))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Give every process that was started to draw."""
    seen: list[subprocess.Popen[bytes]] = []
    begin: Any = subprocess.Popen

    def noted(*words: Any, **how: Any) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = begin(*words, **how)
        seen.append(process)
        return process

    monkeypatch.setattr(subprocess, "Popen", noted)
    return seen


@pytest_asyncio.fixture
async def studio(started: list[subprocess.Popen[bytes]]) -> AsyncGenerator[Studio]:
    """Open a studio with room for one."""
    opened = Studio(most=1, idle=0.2)
    yield opened
    opened.rest()


async def test_a_picture_is_the_same_as_if_the_bot_had_drawn_it(studio: Studio) -> None:
    assert await studio.draw(chart(), "fr") == draw(chart(), "fr")


async def test_the_bot_itself_spends_next_to_nothing_on_a_picture(studio: Studio) -> None:
    draw(chart(), "en")
    await studio.draw(chart(), "en")
    here = process_time()
    for number in range(5):
        draw(chart(number), "en")
    beside = process_time()
    await asyncio.gather(*(studio.draw(chart(number), "en") for number in range(5)))
    assert process_time() - beside < (beside - here) / 4


async def test_a_small_circle_pays_for_a_drawer_only_while_it_draws(
    studio: Studio, started: list[subprocess.Popen[bytes]]
) -> None:
    assert started == []
    await asyncio.gather(*(studio.draw(chart(number), "en") for number in range(3)))
    (drawer,) = started
    while drawer.poll() is None:
        await asyncio.to_thread(drawer.wait, 10)
    assert await studio.draw(chart(), "en") == draw(chart(), "en")
    assert len(started) == 2


async def test_a_drawer_that_is_killed_costs_no_digest_its_picture(
    studio: Studio, started: list[subprocess.Popen[bytes]]
) -> None:
    await studio.draw(chart(), "en")
    os.kill(started[0].pid, signal.SIGKILL)
    started[0].wait()
    assert await studio.draw(chart(1), "en") == draw(chart(1), "en")


async def test_a_drawer_knows_no_secret_of_the_bot(
    studio: Studio, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    await studio.draw(chart(), "en")
    assert b"xoxb" not in Path(f"/proc/{started[0].pid}/environ").read_bytes()


async def test_a_chart_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn(
    studio: Studio, started: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(PictureError):
        await studio.draw(Chart(()), "en")
    assert await studio.draw(chart(), "en") == draw(chart(), "en")
    assert len(started) == 1


async def test_where_no_process_can_be_started_the_words_stand_alone(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*words: object, **how: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(subprocess, "Popen", refused)
    with pytest.raises(PictureError):
        await studio.draw(chart(), "en")

"""Starting and ending: wrong tokens are named in one line, and nothing that was taken up is lost at the end."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from adapters.platform import CannotRun
from adapters.runtime import configured, open_circle
from adapters.slack.platform import SlackPlatform
from bot.config import load_settings
from bot.engine.clock import ManualClock, SystemClock
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.slack_bot import World, a_workspace, running, settings_for
from tests.support.store import NOW, RING, begin_from_template, url_of


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncGenerator[World]:
    async with a_workspace(tmp_path, ManualClock(NOW)) as world:
        yield world


WRONG = [
    ({"slack_bot_token": "xapp-1-A"}, "SLACK_BOT_TOKEN is an app-level token; it must be a bot token, which begins"),
    (
        {"slack_bot_token": "xoxp-1"},
        "SLACK_BOT_TOKEN is a user token; it must be a bot token, which begins with xoxb-.",
    ),
    ({"slack_bot_token": ""}, "SLACK_BOT_TOKEN is not set; it is a bot token, which begins with xoxb-."),
    ({"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN is a bot token; it must be an app-level token, which begins"),
    ({"slack_app_token": ""}, "SLACK_APP_TOKEN is not set; it is an app-level token, which begins with xapp-."),
    ({"slack_http_port": "3000"}, "SLACK_SIGNING_SECRET is not set; SLACK_HTTP_PORT needs it."),
    ({"slack_bot_token": "xoxb-unknown"}, "Slack does not take SLACK_BOT_TOKEN (invalid_auth)."),
    ({"slack_app_token": "xapp-unknown"}, "Slack does not take SLACK_APP_TOKEN (invalid_auth)"),
]


async def test_a_wrong_setting_is_named_in_one_line(workspace: World) -> None:
    for values, sentence in WRONG:
        workspace.settings = settings_for(workspace.slack, workspace.folder, **values)
        with pytest.raises(CannotRun) as wrong:
            async with running(workspace):
                pass
        assert str(wrong.value).startswith(sentence)
        assert "\n" not in str(wrong.value)
        assert not any(value in str(wrong.value) for value in values.values() if value.startswith("x"))


async def test_slack_not_answering_at_the_start_is_waited_for(workspace: World) -> None:
    workspace.slack.faults.status("auth.test", 503)
    async with running(workspace):
        await workspace.set_up()
        assert "Your community is ready" in workspace.owner.sees.last.text


async def test_a_stop_while_slack_is_not_reached_waits_for_nothing(workspace: World, tmp_path: Path) -> None:
    settings = settings_for(workspace.slack, tmp_path, slack_api_url="http://127.0.0.1:1/")
    platform = SlackPlatform(settings, SystemClock())
    async with open_circle(url_of(tmp_path), RING, SystemClock(), {}) as opened:
        run = asyncio.create_task(platform.run(opened, lambda: None))
        await asyncio.wait({run}, timeout=0.1)
        async with asyncio.timeout(60):
            await platform.stop()
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)


async def test_a_wait_that_slack_asks_for_at_the_start_is_kept(workspace: World) -> None:
    # A wait of more than twenty seconds is not the client's own to keep; here it is made short for the test.
    limited = workspace.slack.faults.limited("auth.test", retry_after=1, times=2)
    since = asyncio.get_running_loop().time()
    async with running(workspace):
        assert limited.times == 0
        assert asyncio.get_running_loop().time() - since >= 2


async def test_what_was_taken_up_is_answered_before_the_end(workspace: World) -> None:
    async with running(workspace):
        await workspace.set_up()
        amina = workspace.slack.person("amina")
        held = workspace.slack.faults.held("users.info")
        typing = asyncio.get_running_loop().create_task(amina.types("/board me"))
        await held.reached.wait()
        stopping = asyncio.get_running_loop().create_task(workspace.platform.stop())
        held.release()
        await stopping
        seen = await typing
        assert "My numbers" in seen.last.text


async def test_a_restart_keeps_buttons_and_forms_working(workspace: World) -> None:
    amina = workspace.slack.person("amina")
    async with running(workspace):
        await workspace.set_up()
        await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
        await amina.types("/week plan")
    async with running(workspace):
        seen = await amina.submits(asks="3")
        assert "My week of" in seen.text
        await amina.closes()
        seen = await amina.presses("I asked them")
        assert "You asked Dana" in seen.last.text


def test_without_slack_tokens_slack_is_left_out() -> None:
    assert configured(load_settings(_env_file=None, slack_bot_token="", slack_app_token=""), SystemClock()) == []


async def test_the_program_runs_on_slack_and_ends_when_it_is_told_to(workspace: World) -> None:
    begin_from_template(workspace.folder, RING)
    environment = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": url_of(workspace.folder),
        "ENCRYPTION_KEYS": RING,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": workspace.slack.api_url,
    }
    program = str(Path(sys.executable).with_name("hello-circle"))
    process = await asyncio.create_subprocess_exec(
        program, "run", cwd=workspace.folder, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        await workspace.slack.changes.until("two sockets", lambda: len(workspace.slack.sockets.open) == 2, patience=60)
        await workspace.set_up()
        assert "Your community is ready" in workspace.owner.sees.last.text
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = await process.communicate()
    assert process.returncode == 0, log
    assert BOT_TOKEN.encode() not in log

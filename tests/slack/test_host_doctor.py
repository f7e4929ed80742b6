"""Doctor looks at an app that everybody may add: what Slack says of it, and whether people reach its page."""

import json
from pathlib import Path

import pytest

from adapters.operator.doctor.run import doctor
from bot.config import Settings
from bot.engine.clock import SystemClock
from tests.support.slack_host import Host, a_host, environment, hosting
from tests.support.store import RING, begin_from_template, url_of


async def found(host: Host, monkeypatch: pytest.MonkeyPatch, **other: str) -> dict[str, tuple[str, str]]:
    monkeypatch.chdir(host.folder)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    begin_from_template(host.folder, RING)
    settings = {"DATABASE_URL": url_of(host.folder), "ENCRYPTION_KEYS": RING, **environment(host.cloud, host.port)}
    written = "".join(f"{name}={value}\n" for name, value in (settings | other).items())
    (host.folder / ".env").write_text(written, encoding="utf-8")
    text, _ = await doctor(SystemClock(), "en", json_wanted=True)
    return {check["check"]: (check["result"], check["seen"]) for check in json.loads(text)["checks"]}


async def test_an_app_for_everybody_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_host(tmp_path) as host:
        assert (await found(host, monkeypatch))["slack-page"][0] == "warn"
        async with hosting(host):
            host.workspace("T1")
            await host.add("T1")
            seen = await found(host, monkeypatch)
            wrong = await found(host, monkeypatch, SLACK_CLIENT_SECRET="another")
    assert seen["slack-client"] == ("ok", "Slack takes the client id and secret.")
    assert "Slack's" in seen["clock"][1], "also without a bot token"
    assert seen["slack-page"] == ("ok", f"Everybody can add the app at {host.address}/slack/install.")
    assert seen["slack-workspaces"] == ("ok", "1 workspace has the app.")
    assert wrong["slack-client"] == ("fail", "Slack does not take the client id and secret (bad_client_secret).")


MISSING = ["SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "SLACK_HTTP_PORT", "SLACK_PUBLIC_URL"]


async def test_what_is_missing_or_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_host(tmp_path) as host:
        for name in MISSING:
            seen = await found(host, monkeypatch, **{name: ""})
            assert seen["slack-token"][0] == "fail", name
            assert seen["slack-token"][1].startswith(f"{name} is not set; SLACK_CLIENT_ID needs it."), name
        both = await found(host, monkeypatch, SLACK_BOT_TOKEN="xoxb-1")
        assert "Take out SLACK_CLIENT_ID" in both["slack-token"][1]
        plain = await found(host, monkeypatch, SLACK_PUBLIC_URL="http://circle.example.org")
        assert "SLACK_PUBLIC_URL must begin with https://" in plain["slack-token"][1]

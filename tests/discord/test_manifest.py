import base64

import discord
import pytest

from adapters.discord.manifest import invite_link


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def test_the_invite_asks_for_the_least_the_bot_needs(monkeypatch: pytest.MonkeyPatch):
    token = base64.b64encode(b"123456789012345678").decode().rstrip("=") + ".a.b"
    monkeypatch.setenv("DISCORD_TOKEN", token)
    link, problem = invite_link(None)
    assert problem is None
    assert link is not None
    assert "client_id=123456789012345678" in link
    assert "scope=bot+applications.commands" in link
    asked = discord.Permissions(int(link.split("permissions=")[1].split("&")[0]))
    assert {name for name, granted in asked if granted} == {
        "read_messages", "send_messages", "attach_files", "read_message_history",
    }  # fmt: skip
    assert token not in link


@pytest.mark.parametrize("token", ["", "nonsense", "Ä.x.y", "bm90IGEgbnVtYmVy.x.y"])
def test_without_an_application_the_fix_is_named(monkeypatch: pytest.MonkeyPatch, token: str):
    monkeypatch.setenv("DISCORD_TOKEN", token)
    link, problem = invite_link(None)
    assert link is None
    assert problem is not None
    assert "--application" in problem


def test_the_application_can_be_named():
    link, _ = invite_link("42")
    assert link is not None
    assert "client_id=42" in link

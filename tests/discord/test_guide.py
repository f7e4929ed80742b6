"""The organisers' guide says what the bot says."""

import re
from pathlib import Path

import pytest

from adapters.discord.permissions import NEEDED
from bot.config import Settings
from bot.locales.catalogs import collected

GUIDE = Path("docs/organisers/discord.md").read_text(encoding="utf-8")
SAID = {re.sub(r"\{\w+\}", "", text.message) for text in collected()} | {
    re.sub(r"\{n\}", "1", text.message) for text in collected()
}
OF_DISCORD = {
    "Manage Server", "New Application", "Create", "Bot", "Reset Token", "Yes, do it!", "Copy", "Presence Intent",
    "Server Members Intent", "Message Content Intent", "Continue", "Authorise", "Permissions", "Advanced permissions",
    "+", "channel", "city", "language", "hour", "Submit",
}  # fmt: skip
"""What Discord calls its own things, and words that are only stressed."""


@pytest.mark.parametrize("bold", sorted(set(re.findall(r"\*\*([^*]+)\*\*", GUIDE)) - OF_DISCORD))
def test_a_button_or_permission_of_the_guide_is_there(bold: str):
    assert bold in {permission.message for permission in NEEDED.values()} | SAID


@pytest.mark.parametrize(
    "sentence",
    sorted(quoted for quoted in set(re.findall(r"(?<!\*)\*([A-Z][^*]+[.?])\*(?!\*)", GUIDE)) if "/" not in quoted),
)
def test_a_sentence_of_the_guide_is_one_of_the_bot(sentence: str):
    begun = sentence.rstrip(".").replace("#channel", "")
    assert any(begun in bot_sentence for bot_sentence in SAID)


def test_every_permission_the_bot_needs_is_in_the_guide():
    assert all(f"**{permission.message}**" in GUIDE for permission in NEEDED.values())


def test_every_setting_is_in_the_page_of_settings():
    page = Path("docs/operators/settings.md").read_text(encoding="utf-8")
    assert all(f"| `{name.upper()}` |" in page for name in Settings.model_fields)

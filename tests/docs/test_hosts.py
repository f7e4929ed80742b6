"""The pages for hosts: what they say shows a point is there, and the privacy text says the days that the program keeps."""

import re
from pathlib import Path

import pytest

from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.config import Settings
from bot.scheduling.leaving import KEPT_FOR

ROOT = Path(__file__).parent.parent.parent
HOSTS = ROOT / "docs" / "hosts"


@pytest.mark.parametrize("page", sorted(HOSTS.glob("*.md")), ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    missing = [name for name in re.findall(r"`(tests/[\w/.]+)`", page.read_text()) if not (ROOT / name).exists()]
    assert missing == []


def test_every_scope_is_explained_to_the_reviewers() -> None:
    rows = re.findall(r"^\| (`.+?) \| .+ \| (yes|no) \|$", (HOSTS / "slack-review.md").read_text(), re.MULTILINE)
    told = {scope: may for names, may in rows for scope in re.findall(r"`([\w:]+)`", names)}
    assert told == dict.fromkeys(SCOPES, "no") | dict.fromkeys(OPTIONAL_SCOPES, "yes")


def test_the_privacy_text_says_the_days_of_the_program() -> None:
    text = (HOSTS / "privacy.md").read_text()
    assert f"erased after {KEPT_FOR.days} days" in text
    assert f"within {Settings.model_fields['backup_keep_days'].default} days" in text
    assert "There are no other sub-processors" in text


def test_the_steps_name_every_setting_of_a_host() -> None:
    text = (HOSTS / "index.md").read_text()
    named = {name.upper() for name in Settings.model_fields if name.startswith("slack_")} - {"SLACK_API_URL"}
    assert {name for name in named if name not in text} == set()

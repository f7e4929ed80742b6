"""Settings: what an operator can set, and what they are told when one is wrong."""

import re
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, keys_of, load_settings

ROOT = Path(__file__).parent.parent
SECRET = "hunter2-very-secret-value"


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` of the machine, and no setting of its environment, reaches these tests."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def example() -> list[str]:
    return (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()


def test_the_example_lists_every_setting_and_no_other() -> None:
    names = [line.partition("=")[0] for line in example() if re.match(r"\w+=", line)]
    assert names == [name.upper() for name in Settings.model_fields]


def test_every_setting_of_the_example_has_a_comment_above_it() -> None:
    lines = example()
    for number, line in enumerate(lines):
        if re.match(r"\w+=", line):
            assert lines[number - 1].startswith("# "), line


def test_the_example_states_the_defaults() -> None:
    for line in example():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            default = Settings.model_fields[name.lower()].default
            assert value == (default.get_secret_value() if hasattr(default, "get_secret_value") else str(default or ""))


def test_the_example_copied_as_it_is_works(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("\n".join(example()), encoding="utf-8")
    copied = load_settings()
    (tmp_path / ".env").unlink()
    assert copied == load_settings()


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nDEFAULT_ZONE=Europe/Paris\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = load_settings()
    assert (settings.log_level, settings.default_zone) == ("DEBUG", "Europe/Paris")


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("DATABASE_URL", f"mysql://root:{SECRET}@host/x", "sqlite+aiosqlite:///hello-circle.db"),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "sqlite+aiosqlite:///hello-circle.db"),
        ("DEFAULT_ZONE", f"Mars/{SECRET}", "America/Toronto"),
        ("LOG_LEVEL", SECRET, "DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", SECRET, "text or json"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name_and_the_fix_and_never_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fix: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load_settings()
    text = str(told.value)
    assert text.startswith(f"{name} is not right")
    assert fix in text
    assert "\n" not in text
    assert SECRET not in text
    assert told.value.__cause__ is None


def test_settings_do_not_show_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", SECRET)
    settings = load_settings()
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()
    assert keys_of(settings) == SECRET


def test_without_a_key_the_way_to_make_one_is_told() -> None:
    with pytest.raises(SettingsError, match="hello-circle keys new"):
        keys_of(load_settings())

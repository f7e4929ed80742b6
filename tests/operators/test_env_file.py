"""The settings file as set-up writes it: what was in it stays, and what is put in is read back as it was given."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from adapters.operator import private_file
from adapters.operator.env_file import EnvFile
from bot.store.errors import StartError

TOKEN = "xoxb-1-very-secret"


def env(folder: Path, text: str | None = None) -> EnvFile:
    env_file = EnvFile(folder / ".env")
    if text is not None:
        env_file.path.write_bytes(text.encode())
    return env_file


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SLACK_BOT_TOKEN=old\n", "SLACK_BOT_TOKEN=new\n"),
        ("# mine\n\nSLACK_BOT_TOKEN=old # why\nOTHER=1\n", "# mine\n\nSLACK_BOT_TOKEN=new\nOTHER=1\n"),
        ("export SLACK_BOT_TOKEN='old'\r\nOTHER=1\r\n", "SLACK_BOT_TOKEN=new\r\nOTHER=1\r\n"),
        ("slack_bot_token = old\n", "SLACK_BOT_TOKEN=new\n"),
        ("A=1\nSLACK_BOT_TOKEN=a\nSLACK_BOT_TOKEN=b", "A=1\nSLACK_BOT_TOKEN=new\nSLACK_BOT_TOKEN=new\n"),
        ('SLACK_BOT_TOKEN="one\ntwo"\nB=2\n', "SLACK_BOT_TOKEN=new\nB=2\n"),
        (
            'NOTE="SLACK_BOT_TOKEN=x\nstill"\nSLACK_BOT_TOKEN=a\n',
            'NOTE="SLACK_BOT_TOKEN=x\nstill"\nSLACK_BOT_TOKEN=new\n',
        ),
        ("\ufeffA=1\nSLACK_BOT_TOKEN=a\n", "A=1\nSLACK_BOT_TOKEN=new\n"),
        ("what is this\nSLACK_BOT_TOKEN=a\n", "what is this\nSLACK_BOT_TOKEN=new\n"),
    ],
)
def test_only_what_is_set_changes(tmp_path: Path, before: str, after: str) -> None:
    env_file = env(tmp_path, before)
    env_file.put({"SLACK_BOT_TOKEN": "new"})
    assert env_file.path.read_bytes().decode() == after


def test_what_is_new_comes_at_the_end_with_what_it_is(tmp_path: Path) -> None:
    env_file = env(tmp_path, "MINE=1")
    env_file.put({"DEFAULT_ZONE": "Europe/Paris", "NOBODYS": "x"})
    assert env_file.path.read_text() == (
        "MINE=1\n\n# The time zone of a new community, such as America/Toronto.\nDEFAULT_ZONE=Europe/Paris\n\nNOBODYS=x\n"
    )


def test_it_is_the_owners_alone_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    env_file = env(tmp_path, "A=1\n")
    env_file.path.chmod(0o644)
    env_file.put({"SLACK_BOT_TOKEN": TOKEN})
    assert env_file.path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [".env"]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "settings").write_text("A=1\n")
    (tmp_path / ".env").symlink_to(tmp_path / "elsewhere" / "settings")
    env(tmp_path).put({"SLACK_BOT_TOKEN": TOKEN})
    assert (tmp_path / ".env").is_symlink()
    assert TOKEN in (tmp_path / "elsewhere" / "settings").read_text()


def test_putting_what_is_there_changes_not_even_the_time(tmp_path: Path) -> None:
    env_file = env(tmp_path, "SLACK_BOT_TOKEN=a\n")
    os.utime(env_file.path, (1, 1))
    env_file.put({"SLACK_BOT_TOKEN": "a"})
    assert env_file.path.stat().st_mtime == 1


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file = env(tmp_path, "SLACK_BOT_TOKEN=a\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(private_file.os, "fsync", full)
    with pytest.raises(StartError, match="No space left on device"):
        env_file.put({"SLACK_BOT_TOKEN": TOKEN})
    assert env_file.path.read_text() == "SLACK_BOT_TOKEN=a\n"
    assert [file.name for file in tmp_path.iterdir()] == [".env"]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    env_file = env(tmp_path)
    env_file.path.write_bytes(b"\xff\xfe")
    with pytest.raises(StartError, match="not text in UTF-8"):
        env_file.put({"A": "1"})


NAMES = st.sampled_from(["DATABASE_URL", "DISCORD_TOKEN", "MINE", "_X1"])
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u0085\u2028\u2029"), max_size=20)
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "# a comment", "OTHER=1", "export SPACED = a b # c", "Q='it\\'s'", 'D="two\nlines"', "junk"]
        ),
        st.builds(lambda name: f"{name}=old", NAMES),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(lines=LINES, put=st.dictionaries(NAMES, VALUES, min_size=1))
def test_whatever_is_put_is_read_back_and_the_rest_stays(tmp_path: Path, lines: list[str], put: dict[str, str]) -> None:
    env_file = env(tmp_path, "\n".join(lines))
    before = env_file.values()
    taken = False
    with suppress(StartError):
        env_file.put(put)
        taken = True
    assert env_file.values() == ({**before, **put} if taken else before)
    assert taken or "${" in "".join(put.values())

"""What `hello-circle` says of its files and keys: nothing is made, changed or lost without a word."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.cli import app
from tests.support import postgres
from tests.support.store import RING

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ENCRYPTION_KEYS", "DATABASE_URL", "DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def hello(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env={"COLUMNS": "200", "NO_COLOR": "1"})


def script(line: str, *options: str) -> Result:
    return hello("script", "-", *options, typed=line)


def one_line(ran: Result) -> str:
    assert ran.exit_code == 2, ran.output
    (told,) = ran.stderr.strip().splitlines()
    return told


def test_a_key_that_was_lost_is_asked_for_and_never_made_anew(tmp_path: Path) -> None:
    file, key = tmp_path / "my.db", tmp_path / "my.db.key"
    in_the_file = ("--db", str(file))
    assert script(DANA, *in_the_file).exit_code == 0
    before, right = file.read_bytes(), key.read_text()
    key.unlink()
    for command in (("script", "-"), ("demo",)):
        told = one_line(hello(*command, *in_the_file, typed=DANA))
        assert f"The key file {key} is not there" in told
        assert "ENCRYPTION_KEYS" in told
        assert not key.exists()
    for wrong in ("", "k1:", "k1:" + "A" * 43 + "=", hello("keys", "new").output):
        key.write_text(wrong)
        told = one_line(script(DANA, *in_the_file))
        assert "ENCRYPTION_KEYS" in told
        assert str(key) in told
    assert file.read_bytes() == before
    key.write_text(right)
    assert "Dana R." in script("@amina /lead list", *in_the_file).output


def test_a_file_of_another_program_gets_no_key_and_no_table(tmp_path: Path) -> None:
    file = tmp_path / "photos.db"
    file.write_bytes(b"holiday" * 1000)
    assert "is not a database of Hello Circle" in one_line(script(DANA, "--db", str(file)))
    assert [path.name for path in tmp_path.iterdir()] == ["photos.db"]


def test_run_without_a_terminal_and_without_a_token_names_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", hello("keys", "new").output.strip())
    told = one_line(hello("run"))
    for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        assert name in told
    assert "--console needs a terminal" in one_line(hello("run", "--console"))


def test_db_check_reads_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", hello("keys", "new").output.strip())
    assert "hello-circle.db is not there" in one_line(hello("db", "check"))
    assert list(tmp_path.iterdir()) == []
    assert hello("db", "upgrade").exit_code == 0
    told = hello("db", "check")
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "The database is whole.")
    (tmp_path / "hello-circle.db").write_bytes((tmp_path / "hello-circle.db").read_bytes()[:-4096])
    assert "is damaged" in one_line(hello("db", "check"))


@pytest.mark.parametrize("name", ["a?b.db", "a%20b.db", "a#b.db", "a:b@c.db", "été.db"])
def test_a_file_has_the_name_that_was_typed_whatever_letters_it_has(tmp_path: Path, name: str) -> None:
    assert script(DANA, "--db", name).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {name, f"{name}.key", f"{name}.lock"}
    assert "Dana R." in script("@amina /lead list", "--db", name).output


@pytest.mark.parametrize("name", ["", ".", "/", "/dev/null", "/proc/x.db", "loop", "x" * 300 + ".db", "x" * 250])
def test_a_path_that_leads_to_no_file_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    told = one_line(script(DANA, "--db", name))
    assert "Errno" not in told
    assert told.endswith(".")
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


@pytest.mark.parametrize("url", ["/", ".", "loop", "x" * 300, "x.db?mode=ro", "x.db?a=1&b=2"])
def test_a_database_url_that_leads_to_no_file_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setenv("ENCRYPTION_KEYS", hello("keys", "new").output.strip())
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{url}")
    for command in ("upgrade", "check", "mend"):
        one_line(hello("db", command))
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:hunter2@h/x",
        "postgresql:/me:hunter2@h/x",
        "postgresql//me:hunter2@h/x",
        "postgressql://me:hunter2@h/x",
        "jdbc:postgresql://me:hunter2@h/x",
        "Postgresql://me:hunter2@h",
        "postgresql://me:a@hunter2@h/x",
        "host=h password=hunter2 dbname=x",
        "password=hunter2",
        "file:///hunter2",
    ],
)
def test_what_looks_like_a_url_is_never_taken_for_a_file_and_its_password_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", hello("keys", "new").output.strip())
    assert hello("db", "upgrade").exit_code == 0
    before = sorted(tmp_path.iterdir())
    for told in (script(DANA, "--db", url), hello("db", "copy", "--to", url), hello("demo", "--db", url)):
        line = one_line(told)
        assert "DATABASE_URL" in line
        assert "hunter2" not in line
    assert sorted(tmp_path.iterdir()) == before


def test_a_key_file_that_a_full_disk_cut_off_is_made_anew_only_where_nothing_is_sealed_with_it(tmp_path: Path) -> None:
    (tmp_path / "my.db.key").touch()
    assert script(DANA, "--db", "my.db").exit_code == 0
    (tmp_path / "my.db.key").write_text("")
    assert "holds no key" in one_line(script(DANA, "--db", "my.db"))
    assert (tmp_path / "my.db.key").read_text() == ""


@pytest.mark.parametrize("content", [b"\xff\xfeE\x00N\x00C\x00", b"\xe9"])
def test_settings_that_are_no_text_are_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    for command in (("run",), ("db", "upgrade"), ("db", "check"), ("db", "mend"), ("manifest", "discord")):
        assert ".env is not text in UTF-8" in one_line(hello(*command))


@pytest.mark.parametrize(
    "arguments",
    [
        ("slack", "--address", ""),
        ("slack", "--address", "circle.example.org"),
        ("slack", "--address", "http://circle.example.org"),
        ("slack", "--address", "https://circle example.org"),
        ("slack", "--link", "--address", "https://"),
        ("discord", "--application", ""),
        ("discord", "--application", "mine"),
        ("discord", "--application", "١٢٣"),
    ],
)
def test_a_manifest_is_made_for_no_address_that_cannot_be_called(arguments: tuple[str, ...]) -> None:
    ran = hello("manifest", *arguments)
    assert "is not right" in one_line(ran)
    assert ran.stdout == ""


def test_a_whole_database_is_not_mended_and_a_second_mending_keeps_the_first_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = hello("keys", "new").output.strip()
    monkeypatch.setenv("ENCRYPTION_KEYS", keys)
    (tmp_path / "hello-circle.db.key").write_text(keys)
    assert script(DANA, "--db", "hello-circle.db").exit_code == 0
    assert hello("db", "mend").exit_code == 0
    assert list(tmp_path.glob("backups/*-aside*.zip")) == []
    for number in range(1, 3):
        with closing(sqlite3.connect(tmp_path / "hello-circle.db")) as raw:
            raw.execute("UPDATE members SET appearance = char(7)")
            raw.execute("UPDATE deliveries SET private = x'00'")
            raw.commit()
        assert "is damaged" in one_line(hello("db", "check"))
        assert hello("db", "mend").exit_code == 0
        assert script(DANA, "--db", "hello-circle.db").exit_code == 0
        copies = list(tmp_path.glob("backups/*-aside*.zip"))
        assert len(copies) == number
        assert all(copy.stat().st_mode & 0o077 == 0 for copy in copies)


@pytest.mark.server_only
def test_a_script_on_a_server_uses_the_key_and_the_backups_of_the_settings(tmp_path: Path) -> None:
    """Who erases oneself there stays erased when a backup of the bot is put back."""
    name = postgres.database_of(tmp_path)
    postgres.create(name)
    url, folder = postgres.address(name), tmp_path / "of the bot"
    (tmp_path / ".env").write_text(f"DATABASE_URL={url}\nENCRYPTION_KEYS={RING}\nBACKUP_DIR={folder}\n")
    assert script(DANA, "--db", url).exit_code == 0
    assert hello("backup").exit_code == 0
    assert script('@amina /me forget\n@amina press "Yes, erase everything"', "--db", url).exit_code == 0
    (backup,) = folder.glob("*.zip")
    assert hello("restore", str(backup)).exit_code == 0
    assert "Your list is empty" in script("@amina /lead list", "--db", url).output
    assert not (tmp_path / "backups").exists()
    postgres.drop(name)

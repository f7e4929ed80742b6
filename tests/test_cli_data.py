"""What `hello-circle` says of its files and keys: nothing is made, changed or lost without a word."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.cli import app

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ENCRYPTION_KEYS", "DATABASE_URL", "DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def hello(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given, env={"COLUMNS": "200", "NO_COLOR": "1"})


def script(line: str, *options: str) -> Result:
    return hello("script", "-", *options, given=line)


def one_line(ran: Result) -> str:
    assert ran.exit_code == 2, ran.output
    (told,) = ran.stderr.strip().splitlines()
    return told


def test_a_key_that_was_lost_is_asked_for_and_never_made_anew(tmp_path: Path) -> None:
    file, key = tmp_path / "my.db", tmp_path / "my.db.key"
    kept = ("--db", str(file))
    assert script(DANA, *kept).exit_code == 0
    before, right = file.read_bytes(), key.read_text()
    key.unlink()
    for command in (("script", "-"), ("demo",)):
        told = one_line(hello(*command, *kept, given=DANA))
        assert f"The key file {key} is not there" in told
        assert "ENCRYPTION_KEYS" in told
        assert not key.exists()
    for wrong in ("", "k1:", "k1:" + "A" * 43 + "=", hello("keys", "new").output):
        key.write_text(wrong)
        told = one_line(script(DANA, *kept))
        assert "ENCRYPTION_KEYS" in told
        assert str(key) in told
    assert file.read_bytes() == before
    key.write_text(right)
    assert "Dana R." in script("@amina /lead list", *kept).output


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

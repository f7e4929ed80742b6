"""The operator's door: what `hello-circle` says and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from adapters.cli import app

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
COMMANDS = (
    (),
    ("demo",),
    ("script",),
    ("run",),
    ("setup",),
    ("doctor",),
    ("backup",),
    ("restore",),
    ("drill",),
    ("version",),
    ("db",),
    ("db", "copy"),
    ("db", "upgrade"),
    ("db", "check"),
    ("db", "mend"),
    ("keys",),
    ("keys", "new"),
    ("keys", "rotate"),
    ("keys", "check"),
    ("keys", "drop"),
    ("communities",),
    ("communities", "list"),
    ("communities", "export"),
    ("communities", "erase"),
    ("manifest",),
    ("manifest", "discord"),
    ("manifest", "slack"),
)


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENCRYPTION_KEYS", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def hello(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env={"COLUMNS": "200", "NO_COLOR": "1"})


def script(*lines: str, options: tuple[str, ...] = ()) -> Result:
    return hello("script", "-", *options, typed="\n".join(lines))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command) or "itself")
def test_help_of_each_command_says_in_sentences_what_it_does(command: tuple[str, ...]) -> None:
    told = hello(*command, "--help")
    assert told.exit_code == 0
    words = re.sub(r"[│╭╮╰╯─]", " ", told.output)
    assert re.search(r"[A-Z][^.]{10,}\.", words), words
    assert "Usage" in words
    for option in re.findall(r"^\s+(--\w+.*)$", words, re.MULTILINE):
        assert len(option.split()) > 2, option


def commands_in(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the words of each command, down to the last of each group."""
    for name, below in getattr(command, "commands", {}).items():
        yield (*path, name)
        yield from commands_in(below, (*path, name))


def test_every_command_there_is_has_been_looked_at() -> None:
    assert set(commands_in(get_command(app))) <= set(COMMANDS), "add it to COMMANDS"


def test_the_version_is_the_packages() -> None:
    assert hello("version").output == f"hello-circle {version('hello-circle')}\n"


def test_a_new_key_is_new_and_fits_the_settings() -> None:
    first, second = hello("keys", "new").output, hello("keys", "new").output
    assert first != second
    assert re.fullmatch(r"[\w-]+:[A-Za-z0-9+/=_-]{43,44}\n", first)


def test_a_script_prints_what_each_person_sees() -> None:
    ran = script("# Amina begins", "", DANA, '@amina press "I asked them"')
    assert ran.exit_code == 0
    assert "[Mon 2026-03-09 09:00] @amina\nDana R., Nordik is on your list." in ran.output
    assert "[I asked them] [Add another person]" in ran.output
    assert "You asked Dana R." in ran.output


def _made(folder: Path, kind: str) -> Path:
    """Make what stands where a file should be."""
    path = folder / "steps.txt"
    match kind:
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "in a file":
            path.write_text("x")
            path = path / "steps.txt"
        case "latin":
            path.write_bytes("@amina /help é".encode("latin-1"))
        case "empty":
            path.write_text("")
        case "comments":
            path.write_text("# nothing\n\n  # more\n")
        case "long":
            path = folder / ("a" * 300)
    return path


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("missing", "The file {path} is not there. Correct the path."),
        ("folder", "{path} is a folder, and no file. Correct the path."),
        ("loop", "The file {path} is not there. Correct the path."),
        ("in a file", "The file {path} is not there. Correct the path."),
        ("long", "The file {path} is not there. Correct the path."),
        ("latin", "The file {path} is not text in UTF-8. Save it as UTF-8, then try again."),
        ("empty", "The script {path} has no step in it. Write one a line, such as: @amina /help"),
        ("comments", "The script {path} has no step in it. Write one a line, such as: @amina /help"),
    ],
)
def test_a_script_that_cannot_be_read_is_told_in_one_plain_line(tmp_path: Path, kind: str, sentence: str) -> None:
    path = _made(tmp_path, kind)
    told = hello("script", str(path))
    assert told.exit_code == 2
    assert told.output == f"hello-circle: {sentence.format(path=path)}\n"


def test_a_script_without_the_right_to_read_it_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    told = hello("script", "steps.txt")
    assert told.output == "hello-circle: I have no right to read steps.txt. Change its rights, or name another file.\n"


def test_a_script_on_standard_input_must_be_text_and_have_a_step() -> None:
    assert "Standard input has no step in it." in hello("script", "-", typed="").output
    broken = CliRunner().invoke(app, ["script", "-"], input=b"\xff\xfe")
    assert broken.output == "hello-circle: Standard input is not text in UTF-8. Send it as UTF-8, then try again.\n"


@pytest.mark.parametrize("command", [("demo",), ("script", "-")])
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("folder", "The database file {path} cannot be written: it is not a file. Name a file."),
        ("loop", "The path {path} leads to no file. Correct it."),
        ("in a file", "The folder {path.parent} is not there. Make it first, or correct the path."),
        ("latin", "The file {path} is not a database of Hello Circle. I leave it as it is."),
    ],
)
def test_a_place_for_the_data_that_cannot_be_is_told_in_one_plain_line(
    tmp_path: Path, command: tuple[str, ...], kind: str, sentence: str
) -> None:
    path = _made(tmp_path, kind)
    told = hello(*command, "--db", str(path), typed="@amina /help")
    assert told.exit_code == 2
    assert told.output.startswith(f"hello-circle: {sentence.format(path=path)}")
    assert told.output.count("\n") == 1


@pytest.mark.parametrize(("kind", "sentence"), [("folder", "is a folder, and no file."), ("latin", "holds no key.")])
def test_a_key_file_that_cannot_be_read_is_told_in_one_plain_line(tmp_path: Path, kind: str, sentence: str) -> None:
    _made(tmp_path, kind).rename(tmp_path / "circle.db.key")
    told = hello("script", "-", "--db", str(tmp_path / "circle.db"), typed="@amina /help")
    assert (told.exit_code, told.output.count("\n")) == (2, 1)
    assert f"{tmp_path / 'circle.db.key'} {sentence}" in told.output


def test_settings_that_are_no_text_are_told_in_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    told = hello("db", "check")
    assert told.exit_code == 2
    assert f"The file {tmp_path / '.env'} is not text in UTF-8." in told.output


def test_a_form_is_shown_with_its_fields_and_what_is_wrong() -> None:
    ran = script("@amina /lead add name:Dana", '@amina fill organisation:Nordik why:"a@b.ca"')
    assert "[form: Add a person]\n  name*: Name or initials\n  organisation*: Where they work" in ran.output
    assert (
        "  why*: Why you want to talk with them (I do not keep e-mail addresses or phone numbers: a@b.ca.)"
        in ran.output
    )


@pytest.mark.parametrize(
    ("lines", "number", "why"),
    [
        (["@amina /lead next", "dance"], 2, "I do not understand: dance"),
        (["@amina dance"], 1, "I do not understand: dance"),
        (["", "# x", '@amina press "Nothing"'], 3, '@amina sees no button "Nothing"; there are: none'),
        (["@amina fill name:x"], 1, "@amina has no open form"),
        (["@amina /lead add", "@amina fill colour:red"], 2, "colour:red"),
        (["@amina /lead add", '@amina fill name:"x" colour:"red"'], 2, "form does not take this"),
        (["at yesterday"], 1, "write it like 2026-03-16T12:30"),
        (["restart never"], 1, "this is not a time: never"),
        (["restart 9999-12-31"], 1, "9999-12-31 is too far away"),
        (["at 9999-12-31T12:00"], 1, "is too far away; choose a time from 1971 to 2999"),
        (["redeliver"], 1, "nothing was delivered yet"),
        (["@amina suggest /lead show"], 1, 'suggest /lead show lead:"da"'),
        (["@amina as king"], 1, "I do not understand: as king"),
    ],
)
def test_a_line_that_cannot_be_done_ends_with_2_its_number_and_why(lines: list[str], number: int, why: str) -> None:
    ran = script(*lines)
    assert ran.exit_code == 2
    (told,) = [line for line in ran.stderr.splitlines() if line]
    assert told.startswith(f"hello-circle: line {number}: ")
    assert why in told


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--zone", "Mars/Base"), "there is no time zone Mars/Base"),
        (("--zone", ""), "there is no time zone"),
        (("--zone", "../../etc/passwd"), "there is no time zone"),
        (("--zone", "America"), "there is no time zone"),
        (("--at", "soon"), "soon"),
        (("--at", ""), "this is not a time"),
        (("--at", "9999-12-31"), "9999-12-31 is too far away"),
        (("--at", "0001-01-01"), "0001-01-01 is too far away"),
        (("--at", "9999-12-31T23:59-14:00"), "too far away"),
        (("--db", "/nowhere/x.db"), "The folder /nowhere is not there"),
        (("--db", "new/folder/x.db"), "new/folder is not there"),
    ],
)
def test_a_bad_option_ends_with_2_and_one_line(options: tuple[str, ...], why: str) -> None:
    ran = script("@amina /help", options=options)
    assert ran.exit_code == 2
    assert why in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_a_script_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    assert hello("script", "missing.txt").exit_code == 2
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    for file, why in (("bytes.txt", "not text in UTF-8"), (".", "is a folder"), ("missing.txt", "is not there")):
        ran = hello("script", file)
        assert (ran.exit_code, len(ran.stderr.strip().splitlines())) == (2, 1)
        assert why in ran.stderr
        assert "Errno" not in ran.stderr


def test_a_script_of_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "windows.txt").write_bytes(b"\xef\xbb\xbf" + DANA.encode() + b"\r\n")
    assert "Dana R." in hello("script", "windows.txt").output


KEYS = ["at", "to", "visibility", "command", "text", "buttons", "form", "suggestions", "image", "error"]


def seen(ran: Result) -> list[dict[str, object]]:
    assert ran.exit_code == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_json_has_one_object_a_line_of_exactly_this_shape() -> None:
    everything = seen(
        script(
            DANA,
            "@amina /lead add",
            '@amina suggest /lead show lead:"da"',
            "@amina /nonsense",
            "@omar /board join as:name",
            '@omar /lead add name:"Priya" organisation:"Hydro" why:"tests"',
            "@li /board join as:name",
            '@li /lead add name:"Tom" organisation:"Hydro" why:"tests"',
            "@amina /board join as:name",
            "at 2026-03-16T12:30",
            options=("--json",),
        )
    )
    for message in everything:
        assert list(message) == KEYS
    added, form, suggested, unknown, *_, digest = everything
    assert added["at"] == "2026-03-09T09:00-04:00"
    assert (added["to"], added["visibility"], added["command"], added["error"]) == (
        "@amina",
        "private",
        "lead add",
        None,
    )
    assert added["buttons"][-3:] == ["I asked them", "Add another person", "Take it back"]  # type: ignore[index]
    assert form["form"] == {
        "title": "Add a person",
        "fields": [
            {"name": "name", "label": "Name or initials", "required": True, "kind": "line"},
            {"name": "organisation", "label": "Where they work", "required": True, "kind": "line"},
            {"name": "why", "label": "Why you want to talk with them", "required": True, "kind": "lines"},
        ],
    }
    assert suggested["suggestions"] == ["Dana R. · Nordik"]
    assert unknown["error"] == "unknown-command"
    assert (digest["to"], digest["visibility"], digest["at"]) == ("#digest", "shared", "2026-03-16T12:30-04:00")
    image = digest["image"]
    assert isinstance(image, dict)
    assert set(image) == {"alt", "bytes"}
    assert 1_000 < image["bytes"] <= 60_000


def test_the_same_script_gives_the_same_lines() -> None:
    lines = (DANA, "@amina /ask sent lead:dana", "at 2026-03-18T09:00", "restart", "@amina /lead next")
    assert script(*lines, options=("--json",)).stdout == script(*lines, options=("--json",)).stdout


def test_the_clock_and_the_zone_can_be_chosen() -> None:
    (first,) = seen(script("@amina /help", options=("--json", "--at", "2026-07-01T08:30", "--zone", "Europe/Paris")))
    assert first["at"] == "2026-07-01T08:30+02:00"


def test_a_file_is_gone_on_with_where_it_was_left(tmp_path: Path) -> None:
    in_a_file = ("--db", str(tmp_path / "my.db"))
    assert script(DANA, options=in_a_file).exit_code == 0
    again = script("@amina /lead list", options=in_a_file)
    assert "Dana R., Nordik: new" in again.output
    assert {path.name for path in tmp_path.iterdir()} >= {"my.db", "my.db.key"}
    assert (tmp_path / "my.db.key").stat().st_mode & 0o077 == 0


def test_settings_that_are_missing_or_wrong_stop_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (("run",), ("db", "upgrade"), ("db", "check")):
        ran = hello(*command)
        assert (ran.exit_code, len(ran.stderr.strip().splitlines())) == (2, 1)
        assert ran.stderr.startswith("hello-circle: ENCRYPTION_KEYS is not set")
    monkeypatch.setenv("DATABASE_URL", "mysql://user:hunter2@host/x")
    ran = hello("run")
    assert (ran.exit_code, "hunter2" in ran.output + ran.stderr) == (2, False)
    assert ran.stderr.startswith("hello-circle: DATABASE_URL is not right")


def test_db_upgrade_makes_the_database_and_a_wrong_key_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = hello("keys", "new").output.strip()
    monkeypatch.setenv("ENCRYPTION_KEYS", keys)
    assert hello("db", "upgrade").exit_code == 0
    assert (tmp_path / "hello-circle.db").exists()
    assert hello("db", "upgrade").exit_code == 0
    other = hello("keys", "new").output.strip()
    monkeypatch.setenv("ENCRYPTION_KEYS", other)
    ran = hello("db", "upgrade")
    assert ran.exit_code == 2
    assert ran.stderr.startswith("hello-circle: ")
    assert other.split(":")[1] not in ran.stderr
    monkeypatch.setenv("ENCRYPTION_KEYS", "nonsense")
    ran = hello("db", "upgrade")
    assert (ran.exit_code, len(ran.stderr.strip().splitlines())) == (2, 1)


def installed(folder: Path, line: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed command through a shell, which can close its streams."""
    program = Path(sys.executable).parent / "hello-circle"
    return subprocess.run(  # noqa: S603
        ["sh", "-c", line.replace("hello-circle", str(program))],  # noqa: S607
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=dict(os.environ),  # noqa: TID251
    )


def test_the_installed_command_ends_with_its_status(tmp_path: Path) -> None:
    ran = installed(tmp_path, "hello-circle script -", "dance\n")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "hello-circle: line 1: I do not understand: dance\n")


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("hello-circle version > /dev/full", 2),
        ("hello-circle keys new > /dev/full", 2),
        ("hello-circle manifest slack > /dev/full", 2),
        ("hello-circle script - > /dev/full", 2),
        ("hello-circle script - >&-", 0),
        ("hello-circle script - <&-", 2),
        ("hello-circle version >&- 2>&-", 0),
    ],
)
def test_streams_that_are_full_or_closed_are_no_traceback(tmp_path: Path, line: str, ends: int) -> None:
    ran = installed(tmp_path, line, "@amina /help\n")
    assert ran.returncode == ends, ran.stderr
    assert len(ran.stderr.splitlines()) == (ends == 2)

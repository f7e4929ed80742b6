"""The unit that set-up offers: shown, then written, then started; and what systemd makes of it."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.operator.env_file import EnvFile
from adapters.operator.setup import service, unit
from adapters.operator.setup.dialogue import Dialogue
from adapters.operator.setup.work import Options, SetUpRun
from bot.engine.clock import SystemClock
from bot.features import everything
from bot.store.looking import is_held
from tests.support.store import RING, begin_from_template, open_store, path_in, url_of


class Answering(Dialogue):
    """Somebody who answers every question the same way."""

    def __init__(self, *, answer: bool) -> None:
        super().__init__("en")
        self.answer, self.asked, self.shown = answer, 0, ""

    def show(self, lines: str) -> None:
        self.shown += lines + "\n"

    async def yes(self, question: object, *, default: bool = True) -> bool:
        self.asked += 1
        return self.answer


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home on a machine with systemd, with a circle in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(unit, "is_root", lambda: False)
    monkeypatch.setattr(service, "is_root", lambda: False)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("systemctl", "loginctl"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/done\necho running\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")  # noqa: TID251
    begin_from_template(tmp_path, RING)
    (tmp_path / ".env").write_text(
        f"DATABASE_URL={url_of(tmp_path)}\nENCRYPTION_KEYS={RING}\nBACKUP_DIR={tmp_path}/b\n"
    )
    return tmp_path


def work(home: Path, *, answer: bool) -> tuple[SetUpRun, Answering]:
    dialogue = Answering(answer=answer)
    return SetUpRun(dialogue, Options(), EnvFile(home / ".env"), SystemClock(), everything()), dialogue


def written(home: Path) -> Path:
    return home / "home" / ".config" / "systemd" / "user" / "hello-circle.service"


def done(home: Path) -> Sequence[str]:
    return [line for line in (home / "done").read_text().splitlines() if "is-system-running" not in line]


async def test_the_unit_is_shown_before_it_is_written_and_then_started(home: Path) -> None:
    ours, dialogue = work(home, answer=True)
    await service.settle(ours)
    assert written(home).read_text() in dialogue.shown
    assert done(home) == [
        "systemctl --user daemon-reload",
        "systemctl --user enable --now hello-circle.service",
        "loginctl enable-linger",
    ]
    text = written(home).read_text()
    assert f"WorkingDirectory={home}\n" in text
    assert "RestartPreventExitStatus=2" in text
    assert f"ReadWritePaths={home}\n" in text
    assert "HEALTH_PORT=" in (home / ".env").read_text()


async def test_a_unit_that_is_there_is_not_offered_again_and_a_no_is_kept(home: Path) -> None:
    ours, dialogue = work(home, answer=False)
    await service.settle(ours)
    assert dialogue.asked == 1
    assert not written(home).exists()
    await service.settle(ours)
    assert dialogue.asked == 1
    (home / "hello-circle-setup.json").unlink()
    ours, dialogue = work(home, answer=True)
    await service.settle(ours)
    await service.settle(ours)
    assert dialogue.asked == 1


async def test_what_does_not_work_is_told_with_the_line(home: Path) -> None:
    (home / "programs" / "systemctl").write_text('#!/bin/sh\necho running\n[ "$2" != enable ]\n')
    ours, _ = work(home, answer=True)
    await service.settle(ours)
    assert "systemctl --user enable --now" in str(ours.transcript[-1])


@pytest.mark.parametrize("state", ["offline", "", "unknown"])
async def test_without_systemd_the_start_by_hand_is_told_and_nothing_asked(home: Path, state: str) -> None:
    (home / "programs" / "systemctl").write_text(f"#!/bin/sh\necho {state}\n")
    ours, dialogue = work(home, answer=True)
    await service.settle(ours)
    assert dialogue.asked == 0
    assert "hello-circle run" in str(ours.transcript[-1])


@pytest.mark.parametrize("root", [True, False])
def test_systemd_takes_the_unit_whatever_the_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, root: bool
) -> None:
    monkeypatch.setattr(unit, "is_root", lambda: root)
    folder = tmp_path / 'my 100% "circle"'
    folder.mkdir()
    file = tmp_path / unit.NAME
    file.write_text(unit.unit_for(folder, [folder, folder / "backups"]).text)
    named = f"{tmp_path}/my 100%% "
    assert f'WorkingDirectory={named}"circle"\n' in file.read_text()
    assert f'ReadWritePaths="{named}\\"circle\\""\n' in file.read_text()
    verify = shutil.which("systemd-analyze")
    if verify is not None:
        asked = [verify, "verify", *([] if root else ["--user"]), str(file)]
        ran = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
        assert [line for line in ran.stderr.splitlines() if unit.NAME in line] == []


@pytest.mark.parametrize(("root", "most"), [(True, 2.0), (False, 5.0)])
def test_systemd_finds_the_unit_of_setup_hardly_exposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, root: bool, most: float
) -> None:
    monkeypatch.setattr(unit, "is_root", lambda: root)
    file = tmp_path / unit.NAME
    file.write_text(unit.unit_for(tmp_path, [tmp_path]).text)
    ours = set(file.read_text().splitlines())
    assert ours >= set(unit.HARDENED)
    assert (ours >= set(unit.OF_THE_MACHINE)) == root, "the systemd of a user may not take these rights away"
    asked = shutil.which("systemd-analyze")
    if asked is not None:
        ran = subprocess.run(  # noqa: S603
            [asked, "security", "--offline=true", "--no-pager", file], capture_output=True, text=True, check=False
        )
        (exposure,) = re.findall(r"exposure level for \S+: ([\d.]+)", ran.stdout)
        assert float(exposure) <= most


@pytest.mark.parametrize(
    ("folder", "hidden"), [("/home/olga/circle", False), ("/root/circle", False), ("/srv/c", True)]
)
def test_the_unit_of_the_machine_hides_homes_unless_the_bot_lives_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, *, hidden: bool
) -> None:
    monkeypatch.setattr(unit, "is_root", lambda: True)
    assert ("ProtectHome=yes" in unit.unit_for(Path(folder), [tmp_path]).text) == hidden


async def test_a_database_that_a_bot_has_open_is_known(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    assert not is_held(path_in(tmp_path))
    async with open_store(tmp_path):
        assert is_held(path_in(tmp_path))
    assert not is_held(path_in(tmp_path))

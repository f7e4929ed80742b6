"""What the tests reached once stays reached: a floor of coverage can be passed and raised, and never lowered."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import ratchet


def measured(**files: tuple[int, int]) -> dict[str, Any]:
    """Write what coverage writes: of each file, how much was tried of how much."""
    return {
        "files": {
            path.replace("_", "/") + ".py": {
                "summary": {"covered_lines": tried, "num_statements": of, "covered_branches": 0, "num_branches": 0}
            }
            for path, (tried, of) in files.items()
        }
    }


@pytest.mark.parametrize(
    ("floor", "low", "risen"),
    [(60, [], 75.0), (75, [], 75.0), (75.5, ["bot: 75.00 % is below its floor of 75.5 %"], 75.5)],
)
def test_a_floor_is_held_and_rises_with_what_was_reached(floor: float, low: list[str], risen: float) -> None:
    assert ratchet.compare(measured(bot_a=(40, 50), bot_b=(35, 50), bots=(0, 9)), {"bot": floor}) == (
        low,
        {"bot": risen},
    )


def test_a_place_that_is_not_there_is_not_passed_over() -> None:
    with pytest.raises(LookupError, match=r"bot/core/access\.py"):
        ratchet.compare(measured(bot_a=(1, 1)), {"bot/core/access.py": 100})


@pytest.mark.parametrize(
    ("now", "complaints"),
    [
        ({"bot": 95.0, "adapters": 90.0}, []),
        ({"bot": 96.0, "adapters": 90.0, "bot/ui": 100.0}, []),
        ({"bot": 94.5, "adapters": 90.0}, ["the floor of bot was 95.0 % and may only rise"]),
        ({"bot": 95.0}, ["the floor of adapters was 90.0 % and may only rise"]),
    ],
)
@pytest.mark.parametrize("merged", [False, True])
def test_floors_are_never_lower_than_in_the_commits_before(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys,
    now: dict[str, float],
    complaints: list[str],
    *,
    merged: bool,
) -> None:
    monkeypatch.setattr(ratchet, "ROOT", tmp_path)
    monkeypatch.setattr(ratchet, "FLOORS", tmp_path / "floors.json")
    ratchet.FLOORS.write_text(json.dumps({"bot": 95.0, "adapters": 90.0}), encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    assert ratchet.main(["--check"]) == 0, "without a history nothing was lowered"
    commit(tmp_path)
    ratchet.FLOORS.write_text(json.dumps(now), encoding="utf-8")
    if merged:
        commit(tmp_path)
    assert ratchet.main(["--check"]) == (1 if complaints else 0)
    assert capsys.readouterr().err.splitlines() == complaints


def test_what_rose_is_written_and_what_fell_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(ratchet, "FLOORS", tmp_path / "floors.json")
    ratchet.FLOORS.write_text(json.dumps({"bot": 50.0, "adapters": 50.0}), encoding="utf-8")
    (tmp_path / "measured.json").write_text(json.dumps(measured(bot_a=(8, 10), adapters_a=(4, 10))), encoding="utf-8")
    assert ratchet.main([str(tmp_path / "measured.json")]) == 1
    assert json.loads(ratchet.FLOORS.read_text(encoding="utf-8")) == {"bot": 80.0, "adapters": 50.0}
    assert "adapters: 40.00 %" in capsys.readouterr().err


def git(folder: Path, *words: str) -> None:
    by = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *by, *words], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "x", "--allow-empty")

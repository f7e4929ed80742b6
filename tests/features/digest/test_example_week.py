"""A week in a small circle, as the script in the documentation tells it."""

from pathlib import Path

import pytest

from adapters.console.show import as_data
from tests.support.console import open_console

SCRIPT = Path(__file__).parents[3] / "docs" / "examples" / "week.txt"
LINES = SCRIPT.read_text(encoding="utf-8").splitlines()


@pytest.fixture
async def told(circle):
    """Everything that is seen, and which lines it came from."""
    return [(line, await circle.run(line)) for line in LINES]


async def test_the_week_brings_one_digest_and_it_tells_the_truth(told):
    (digest,) = [message for _, seen in told for message in seen if message.to == "#digest"]
    assert "Together: more than 5 leads, a few asks or none, a few meetings or none." in digest.text  # one is not named
    assert "1. Amina: 3\n1. Omar: 3\n3. Maple: 1" in digest.text
    assert "- Amina: I had my first talk!" in digest.text
    assert "Promises" not in digest.text  # two of two would tell what each of them did
    for word in ("Li", "Noor", "Dana", "Nordik"):
        assert word not in digest.text


async def test_a_zero_is_reported_and_kept(told):
    (answer,) = next(seen for line, seen in told if line == '@omar press "None yet"')
    assert "Thank you for telling me. Your promise is kept." in answer.text


async def test_what_came_in_late_ranks_nobody_again(told):
    (late,) = next(seen for line, seen in told if "Sam O." in line)
    assert "This came late for the week of 9 March 2026. Thank you." in late.text
    (board,) = next(seen for line, seen in told if line == "@omar /board show")
    assert "1. Amina: 3 leads\n1. Omar: 3 leads\n3. Maple: 1 lead" in board.text


async def test_a_restart_and_the_same_moment_again_post_nothing(told):
    again = told[LINES.index("restart") :]
    assert [line for line, _ in again] == ["restart", "at 2026-03-17T10:00"]
    assert all(seen == [] for _, seen in again)


async def test_nothing_goes_wrong_and_two_runs_are_the_same(told, tmp_path):
    first = [message for _, seen in told for message in seen]
    assert [message.error for message in first if message.error] == []
    (tmp_path / "again").mkdir()
    async with open_console(tmp_path / "again") as other:
        second = await other.run(*LINES)
        zone = other.session.zone
    # A picture is drawn the same from the same chart; drawing is tested beside the drawing.
    assert [as_data(message, zone) | {"image": None} for message in second] == [
        as_data(message, zone) | {"image": None} for message in first
    ]

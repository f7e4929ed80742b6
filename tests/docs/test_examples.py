"""Every script in docs/examples does what the page says it does."""

from pathlib import Path

import pytest

from tests.docs.examples import files, read_steps, run_example, steps_of


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
async def test_the_example_runs_and_people_see_what_it_says(path: Path, tmp_path: Path) -> None:
    steps = steps_of(path)
    assert await run_example(steps, tmp_path) == []


# The week is told whole, word for word, by a test of its own.
CHECKED = [path for path in files() if path.stem != "week"]


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: path.stem)
def test_an_example_says_what_is_seen_at_least_every_third_step(path: Path) -> None:
    steps = steps_of(path)
    assert sum(len(step.checks) for step in steps) * 3 >= len(steps)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["@amina /lead list", "#> Your list is empty."], 0),
        (["@amina /lead list", "#> Your list is full."], 1),
        (["@amina /lead list", "#- Your list is empty."], 1),
        (["@amina /lead list", "#> @omar: Your list is empty."], 1),
        (["@amina /lead liszt"], 1),
    ],
)
async def test_an_example_that_tells_something_else_is_noticed(lines: list[str], wrong: int, tmp_path: Path) -> None:
    assert len(await run_example(read_steps(lines), tmp_path)) == wrong

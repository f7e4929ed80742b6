"""Set-up, stopped at each of its questions in each of the ways; `make test` has one of them at each."""

from pathlib import Path

import pytest

from tests.programs.program_setup_stopped import STOPS, is_stopped_everywhere


@pytest.mark.parametrize("first", range(len(STOPS)))
async def test_every_question_and_every_way(tmp_path: Path, first: int) -> None:
    await is_stopped_everywhere(tmp_path, first)

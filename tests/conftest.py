"""What every test may ask for."""

import gc
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import settings

from tests.support import postgres
from tests.support.console import Console, open_console
from tests.support.discord import published
from tests.support.in_memory import quick_folder, quick_place
from tests.support.reaching import watched_reach
from tests.support.store import on_server

ON_BOTH = ("store/", "engine/test_access", "engine/test_spending", "scheduling/test_rounds")
"""Where tests are that run twice in `make test`, by how their paths begin: with the data in a file, and on a server.

The others are run on a server by `make soak`.
"""

# How fast the machine is at this moment is nothing that a test of rules is about.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--openapi", type=Path, help="Discord's published description, to hold every request against")
    parser.addoption(
        "--in-memory", action="store_true", help="Keep the folders of the tests in memory where there is room"
    )
    parser.addoption("--on-server", action="store_true", help="Keep the data of every test on a PostgreSQL server")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.choose_place()
        if config.getoption("--in-memory"):
            os.environ["PYTEST_DEBUG_TEMPROOT"] = str(quick_place())  # noqa: TID251 - of the test, not the bot
    if file := config.getoption("--openapi"):
        published.SEEN[:] = [published.Published(file)]


def pytest_collection_finish() -> None:
    """Leave what was loaded to itself: ten thousand tests are not looked through again at each collection of garbage."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.clear(postgres.place())
        Path(f"{postgres.place()}.lock").unlink(missing_ok=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the suites of what is kept on both databases; what is about a file alone has the mark `file_only`."""
    place = str(metafunc.definition.path.relative_to(Path(__file__).parent))
    marked = metafunc.definition.get_closest_marker
    if marked("server_only") is not None:
        metafunc.parametrize("kept_on", ("server",), indirect=True)
    elif marked("file_only") is not None:
        return
    elif metafunc.config.getoption("--on-server"):
        metafunc.parametrize("kept_on", ("server",), indirect=True)
    elif place.startswith(ON_BOTH):
        metafunc.parametrize("kept_on", ("file", "server"), indirect=True)


@pytest.fixture(autouse=True)
def kept_on(request: pytest.FixtureRequest) -> Generator[str]:
    """Keep the data of a test in a file, or on the server of the run."""
    where = getattr(request, "param", "file")
    with on_server() if where == "server" else nullcontext():
        if where == "server" and request.config.getoption("--on-server"):
            with watched_reach() as wrong:
                yield where
            assert not wrong, "a work touches what it has not locked, or locks everything"
        else:
            yield where


@pytest.fixture(autouse=True)
def logged() -> Generator[list[dict[str, Any]]]:
    """Keep the logs of each test to itself, and give them to those who ask."""
    records: list[dict[str, Any]] = []

    def keep(_: object, level: str, event: Any) -> Any:
        records.append({**event, "level": level})
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.contextvars.merge_contextvars, keep])
    yield records
    structlog.reset_defaults()


@pytest.fixture
async def circle() -> AsyncGenerator[Console]:
    """A community that is set up, on a fresh database, on a Monday at 9:00 in Toronto."""
    with quick_folder() as folder:
        async with open_console(Path(folder)) as opened:
            yield opened

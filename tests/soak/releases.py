"""The versions that come after this one, as far as a test can know them: the same program, with one more step of the schema each."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store import migrate
from bot.store.migrations import versions
from tests.soak.one_of_several import LOG
from tests.soak.parents import parent_of

ROOT = Path(__file__).parent.parent.parent
PACKAGES = "bot", "adapters", "tests"
STEP = '''"""Adds what a later version needs."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number:04}", "{before:04}"


def upgrade() -> None:
    """Add a table, and a column to one that everybody writes."""
    op.create_table("later_{number:04}", sa.Column("id", sa.Text(), primary_key=True))
    op.add_column("leads", sa.Column("later_{number:04}", sa.Text(), nullable=True))
'''


@dataclass(frozen=True, slots=True)
class Release:
    """A version: where its program is, what schema it has, and the log of its processes."""

    root: Path
    schema: str
    log: str


THIS = Release(ROOT, migrate.HEAD, LOG)


@contextmanager
def releases(many: int, folder: Path) -> Generator[list[Release]]:
    """Make so many versions, one after the other, the first of which is this one, in a folder that holds copies of the program."""
    chain = [THIS]
    while len(chain) < many:
        chain.append(_after(chain[-1], folder))
    try:
        yield chain
    finally:
        for copy in chain[1:]:
            parent_of(copy.root, "").end()
            shutil.rmtree(copy.root)


def _after(release: Release, folder: Path) -> Release:
    number = int(release.schema) + 1
    root = folder / f"version-{number:04}"
    for package in PACKAGES:
        # What was compiled is copied too, so that its processes start as quickly.
        shutil.copytree(release.root / package, root / package)
    step = root / Path(*versions.__name__.split(".")) / f"r{number:04}_later.py"
    step.write_text(STEP.format(number=number, before=number - 1), encoding="utf-8")
    return Release(root, f"{number:04}", f"log-{number:04}.txt")

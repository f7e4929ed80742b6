"""Where a garden is kept."""

from pathlib import Path

import sqlalchemy as sa

from tests.support.store import RING, begin_from_template, path_in
from tests.toy.tables import plants


def begin(folder: Path) -> None:
    """Put an empty database with the tables of the garden into a folder."""
    begin_from_template(folder, RING)
    engine = sa.create_engine(f"sqlite:///{path_in(folder)}")
    plants.metadata.create_all(engine)
    engine.dispose()

"""Each migration has a number of its own, and follows on the one before it."""

import re
from pathlib import Path

VERSIONS = Path(__file__).parents[2] / "bot" / "store" / "migrations" / "versions"
WRITTEN = re.compile(r'^revision = "(\d+)"\ndown_revision = (?:"(\d+)"|None)$', re.MULTILINE)


def numbers(name: str, source: str) -> tuple[str, ...]:
    """Give the number in the name of a migration, its own, and that of the one before."""
    return name[1:5], *(WRITTEN.findall(source) or [("no revision", "")])[0]


def test_each_migration_has_its_number_in_its_name_and_follows_on_the_one_before() -> None:
    files = sorted(VERSIONS.glob("r*.py"))
    wanted = [(f"{n:04}", f"{n:04}", f"{n - 1:04}" if n > 1 else "") for n in range(1, len(files) + 1)]
    wrong = {
        file.name: f"name it r{expected[0]}_…, revision {expected[1]}, down_revision {expected[2] or None}"
        for file, expected in zip(files, wanted, strict=True)
        if numbers(file.name, file.read_text(encoding="utf-8")) != expected
    }
    assert wrong == {}

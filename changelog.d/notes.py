"""Prints the notes of a release, by its tag: what the changelog says of that version.

`python changelog.d/notes.py v1.2.0` refuses a tag that is not the version of the program, a version that the changelog
does not have, and news that no version has yet. With `--version 1.2.0` it only says whether that is the version.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def notes(version: str, root: Path = ROOT) -> str:
    """Find the notes of a version.

    Raises:
        LookupError: there are none, or the release is not ready; the message says what to do.
    """
    right_version(version, root)
    waiting = sorted(path.name for path in (root / "changelog.d").glob("*.md") if path.name != "README.md")
    if waiting:
        more = f" (with {len(waiting) - 3} more)" if len(waiting) > 3 else ""
        raise LookupError(f"{', '.join(waiting[:3])}{more} is in no version yet; run: make changelog VERSION={version}")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(version)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if section is None or not section[1].strip():
        raise LookupError(f"CHANGELOG.md has no notes of {version}; run: make changelog VERSION={version}")
    return section[1].strip() + "\n"


def right_version(version: str, root: Path = ROOT) -> None:
    """Hold a version against the program's.

    Raises:
        LookupError: it is another one.
    """
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if version != declared:
        raise LookupError(
            f"pyproject.toml has the version {declared}, not {version or 'an empty one'}; change it first"
        )


def main(arguments: list[str]) -> int:
    """Print the notes, or say why there are none."""
    try:
        if arguments[0] == "--version":
            right_version(arguments[1])
        else:
            sys.stdout.write(notes(arguments[0].removeprefix("v")))
    except LookupError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

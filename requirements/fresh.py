"""Tells whether the lock files belong to the dependencies in `pyproject.toml`, without asking any registry.

`make lock` notes a digest of the declared dependencies; a change of one without the other is found here.
"""

import hashlib
import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTE = ROOT / "requirements" / "declared.sha256"


def declared() -> str:
    """Digest what `pyproject.toml` declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    about = project["project"]
    names = [
        about["requires-python"],
        about["dependencies"],
        about["optional-dependencies"],
        project["dependency-groups"],
    ]
    return hashlib.sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Check the note, or write it."""
    if "--write" in arguments:
        NOTE.write_text(declared() + "\n", encoding="utf-8")
        return 0
    if not NOTE.exists() or NOTE.read_text(encoding="utf-8").strip() != declared():
        sys.stderr.write("The dependencies changed; run: make lock\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

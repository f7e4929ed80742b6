"""Holds what Discord is sent against the description that Discord publishes, when its file is given.

The description is not ours to keep here: `make openapi` downloads it, and runs the tests of Discord with
`--openapi FILE`. Without the file nothing is held; `schema.py` and `rules.py` always are, and are stricter.
"""

import hashlib
import json
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

COMMIT = "74fda0fad044407ea280043a03ffc9bc64c4e49e"
URL = f"https://raw.githubusercontent.com/discord/discord-api-spec/{COMMIT}/specs/openapi.json"
SHA256 = "8c1d0707ccdf8e380a86dfba04058820a66435c1b69d5ed82e04dd8c0520dd73"
API = re.compile(r"^.*/api/v10(?=/)")


class Published:
    """Discord's own description of its API."""

    def __init__(self, file: Path) -> None:
        self._whole: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        self._routes = [(_pattern(path), path) for path in sorted(self._whole["paths"], key=lambda path: "{" in path)]
        self._checks: dict[tuple[str, str], Any] = {}

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        """List what Discord's description refuses in the body of a request."""
        route = next((route for pattern, route in self._routes if pattern.fullmatch(API.sub("", path))), None)
        if route is None:
            return [f"no such route is published: {method} {path}"]
        errors = self._check(method.lower(), route).iter_errors(body)
        return [
            f"{method} {route}: {'.'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in errors
        ]

    def _check(self, method: str, route: str) -> Any:
        if (method, route) not in self._checks:
            # It is only there for this, and costs every other run its start.
            from jsonschema import Draft202012Validator  # noqa: PLC0415

            content = self._whole["paths"][route][method]["requestBody"]["content"]
            schema = {**content["application/json"]["schema"], "components": self._whole["components"]}
            self._checks[method, route] = Draft202012Validator(schema)
        return self._checks[method, route]


SEEN: list[Published] = []
"""The description, once a run was given its file."""


def hold(method: str, path: str, body: Any) -> list[str]:
    """List what the published description refuses; nothing when its file was not given, or there is no body."""
    return SEEN[0].problems(method, path, body) if SEEN and body is not None else []


def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{\w+\})", path)
    return re.compile("".join("[^/]+" if piece.startswith("{") else re.escape(piece) for piece in pieces))


def download(file: Path) -> None:
    """Download the description, unless it is there.

    Raises:
        ValueError: what came is not the file that is wanted.
    """
    if not file.exists():
        with urllib.request.urlopen(URL, timeout=60) as answer:
            content: bytes = answer.read()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{file} is not {URL}")


if __name__ == "__main__":
    download(Path(sys.argv[1]))

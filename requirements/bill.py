"""Writes what the program is made of: a bill of materials for machines, and a list of licences for people.

Both follow from the lock and from what the installed packages say of themselves, without asking any registry.
`python requirements/bill.py` writes them; with `--check` it says which are out of date, or not allowed, and exits with 1.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parent.parent
PROGRAM = "hello-circle"
LOCK = ROOT / "requirements" / "run.txt"
ENTRY = re.compile(r"^([a-z][\w.-]*)(?:\[[^\]]*\])?==([^ ;\\]+)[^\n]*\n((?:    [^\n]*\n)*)", re.MULTILINE)
ALLOWED = {"MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ISC", "OFL-1.1"}
"""What may be given on with a program that is under the MIT licence, by its name at SPDX."""
SAID = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
}
"""What packages say that do not use the names of SPDX."""
READ = {
    "audioop-lts": "PSF-2.0",
    "colorama": "BSD-3-Clause",
    "prompt-toolkit": "BSD-3-Clause",
    "python-dateutil": "BSD-3-Clause",
    "resvg-py": "MIT",
}
"""What stands in the licence itself, where a package does not name it, or is not for every machine."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock."""

    name: str
    version: str
    wanted_by: tuple[str, ...]
    licence: str

    @property
    def allowed(self) -> bool:
        """Tell whether one of the licences it offers may be used."""
        return any(ALLOWED.issuperset(offer.split(" AND ")) for offer in self.licence.split(" OR "))


def locked(lock: str, licence: Callable[[str, str], str]) -> list[Package]:
    """Read the lock."""
    packages: list[Package] = []
    for name, version, hashes in ENTRY.findall(lock):
        via = re.findall(r"#\s+(?:via )?([\w.-]+)", hashes)
        wanted_by = tuple(parent for parent in via if parent != "via")
        packages.append(Package(name, version, wanted_by, licence(name, version)))
    return packages


def licence_of(name: str, version: str) -> str:
    """Tell the licence of a package by what was read in it, else by what the installed one says.

    Raises:
        LookupError: nobody can tell; the message names the package.
    """
    if name in READ:
        return READ[name]
    try:
        metadata = _said(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is not installed here; read its licence, and name it in READ") from None
    if metadata["version"] != version:
        raise LookupError(f"{name} is installed in another version than the lock has; run: make setup")
    classifiers: Iterable[str] = metadata.get("classifier", ())
    spoken: list[str] = [metadata.get("license_expression", ""), metadata.get("license", "").partition("\n")[0].strip()]
    spoken += [classifier.rpartition(" :: ")[2] for classifier in classifiers if classifier.startswith("License")]
    named = [SAID.get(licence, licence) for licence in spoken if licence]
    if not named:
        raise LookupError(f"{name} does not name its licence; read it, and name it in READ")
    return named[0]


def _said(name: str) -> Mapping[str, Any]:
    return metadata(name).json


def bill(packages: Sequence[Package], lock: str) -> str:
    """Write the bill of materials in CycloneDX's format, the same for the same lock; hashes stand in the lock."""
    brings: dict[str, list[str]] = {PROGRAM: [], **{package.name: [] for package in packages}}
    for package in packages:
        for owner in package.wanted_by:
            brings[owner].append(package.name)
    written = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid5(NAMESPACE_URL, lock).urn,
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": PROGRAM, "name": PROGRAM}},
        "components": [_component(package) for package in packages],
        "dependencies": [{"ref": owner, "dependsOn": parts} for owner, parts in brings.items()],
    }
    return json.dumps(written, indent=2) + "\n"


def _component(package: Package) -> dict[str, Any]:
    single = package.licence in ALLOWED
    return {
        "type": "library",
        "bom-ref": package.name,
        "name": package.name,
        "version": package.version,
        "purl": f"pkg:pypi/{package.name}@{package.version}",
        "licenses": [{"license": {"id": package.licence}} if single else {"expression": package.licence}],
    }


def page(packages: Iterable[Package]) -> str:
    """Write the list of licences."""
    rows = "".join(f"| {package.name} | {package.version} | {package.licence} |\n" for package in packages)
    return f"""# Licences

What is installed with Hello Circle, and under which licence each part is. Hello Circle itself is under the
[MIT licence](../LICENSE). `requirements/sbom.cdx.json` says the same for machines, with what brings what.
This page is generated: `make licences`.

| package | version | licence |
|---|---|---|
{rows}"""


def main(arguments: list[str]) -> int:
    """Write both, or check that they are true."""
    lock = LOCK.read_text(encoding="utf-8")
    try:
        packages = locked(lock, licence_of)
    except LookupError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    texts = {
        ROOT / "requirements" / "sbom.cdx.json": bill(packages, lock),
        ROOT / "docs" / "licences.md": page(packages),
    }
    problems = [
        f"{package.name} is under {package.licence}, which is not allowed"
        for package in packages
        if not package.allowed
    ]
    problems += _written(texts) if "--check" not in arguments else _stale(texts)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


def _written(texts: Mapping[Path, str]) -> list[str]:
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return []


def _stale(texts: Mapping[Path, str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()} is out of date; run: make licences"
        for path, text in texts.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

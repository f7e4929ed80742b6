"""What leaves the workshop: checked by the same commands everywhere, with notes, and with a list of what is in it."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.repo.test_pages import script

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
TASKS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_workflow_runs_the_commands_of_ci_and_the_coverage() -> None:
    here = re.findall(r"^ *make ([a-z-]+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    (there,) = re.findall(r"^ +command: \[(.*)\]$", WORKFLOWS["checks.yml"], re.MULTILINE)
    assert there.split(", ") == [*here, "coverage"]
    assert 'run: make "$COMMAND"' in WORKFLOWS["checks.yml"]
    assert set(there.split(", ")) <= TASKS


def test_the_wheel_and_the_image_are_built_for_every_change() -> None:
    assert "run: make wheel" in WORKFLOWS["checks.yml"]
    (recipe,) = re.findall(r"run: docker build -f (\S+)", WORKFLOWS["checks.yml"])
    assert (ROOT / recipe).exists()
    assert {"wheel", "changelog", "news", "licences"} <= TASKS


def test_a_release_comes_from_a_tag_after_every_check_and_with_its_notes() -> None:
    release = WORKFLOWS["release.yml"]
    assert re.search(r"on:\n  push:\n    tags: ", release)
    assert "uses: ./.github/workflows/checks.yml" in release
    assert "needs: checks" in release
    (notes,) = re.findall(r"run: python (\S+) \"\$TAG\" > notes\.md", release)
    assert (ROOT / notes).exists()
    assert "--notes-file notes.md" in release


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_its_commit_and_may_do_little(name: str) -> None:
    used = re.findall(r"uses: (.*)", WORKFLOWS[name])
    assert used
    assert [action for action in used if not action.startswith("./") and not PINNED.fullmatch(action)] == []
    assert "\npermissions: {}\n" in WORKFLOWS[name]
    assert "${{ github.event" not in WORKFLOWS[name]


def test_new_versions_are_taken_when_they_are_a_week_old() -> None:
    text = (ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    kinds = re.findall(r"package-ecosystem: ([\w-]+)", text)
    assert set(kinds) == {"github-actions", "docker", "pip"}
    assert [int(days) >= 7 for days in re.findall(r"default-days: (\d+)", text)] == [True] * len(kinds)
    for folder in re.findall(r"directory: (\S+)", text):
        assert (ROOT / folder.lstrip("/")).is_dir()


@pytest.fixture(name="bill")
def the_bill() -> ModuleType:
    return script("requirements/bill.py")


def test_the_bill_of_materials_has_every_package_of_the_lock_and_is_valid(bill: ModuleType) -> None:
    assert bill.main(["--check"]) == 0
    text = (ROOT / "requirements" / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z][\w.-]*)(?:\[.*?\])?==([^ ;]+)", lock, re.MULTILINE))
    written = json.loads(text)
    assert {component["name"]: component["version"] for component in written["components"]} == pinned
    brings = {dependency["ref"]: dependency["dependsOn"] for dependency in written["dependencies"]}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert len(brings["hello-circle"]) == len(declared)
    assert set(reached(brings, "hello-circle")) == {"hello-circle", *pinned}


def reached(brings: dict[str, list[str]], name: str) -> Iterator[str]:
    yield name
    for needed in brings[name]:
        yield from reached(brings, needed)


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later OR LicenseRef-Commercial", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_only_licences_that_may_be_given_on_are_allowed(bill: ModuleType, licence: str, *, allowed: bool) -> None:
    (package,) = bill.locked(
        "thing==1.0 \\\n    --hash=sha256:00\n    # via hello-circle (pyproject.toml)\n", lambda *_: licence
    )
    assert package.allowed is allowed
    assert (package.name, package.version, package.wanted_by) == ("thing", "1.0", ("hello-circle",))


def test_a_new_package_of_the_lock_is_told_until_the_lists_are_written(
    bill: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(bill, "ROOT", tmp_path)
    monkeypatch.setattr(bill, "LOCK", tmp_path / "run.txt")
    lock = (
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n    # via hello-circle (pyproject.toml)\n"
    )
    bill.LOCK.write_text(lock, encoding="utf-8")
    assert bill.main(["--check"]) == 1
    assert "docs/licences.md is out of date; run: make licences" in capsys.readouterr().err
    assert bill.main([]) == bill.main(["--check"]) == 0
    monkeypatch.setitem(bill.READ, "colorama", "GPL-3.0-only")
    assert bill.main([]) == 1
    assert "colorama is under GPL-3.0-only, which is not allowed" in capsys.readouterr().err
    bill.LOCK.write_text(lock.replace("colorama", "not-here"), encoding="utf-8")
    assert bill.main(["--check"]) == 1
    assert "not-here is not installed here; read its licence" in capsys.readouterr().err
    bill.LOCK.write_text(lock.replace("colorama", "typer"), encoding="utf-8")
    assert bill.main(["--check"]) == 1
    assert "typer is installed in another version" in capsys.readouterr().err


CHANGELOG = (
    "# Changelog\n\n## 1.2.0 (2027-01-02)\n\n### Added\n\n- A thing.\n\n## 1.1.0 (2026-12-01)\n\n- Old.\n\n## 1.0.0\n"
)


@pytest.mark.parametrize(
    ("version", "waiting", "expected"),
    [
        (
            "1.2.0",
            "a b c d e",
            "a.md, b.md, c.md (with 2 more) is in no version yet; run: make changelog VERSION=1.2.0",
        ),
        ("1.2.0", None, "### Added\n\n- A thing.\n"),
        ("1.1.0", None, "- Old.\n"),
        ("1.0.0", None, "CHANGELOG.md has no notes of 1.0.0; run: make changelog VERSION=1.0.0"),
        ("1.3.0", None, "CHANGELOG.md has no notes of 1.3.0; run: make changelog VERSION=1.3.0"),
        ("1.2.0", "+new.added", "+new.added.md is in no version yet; run: make changelog VERSION=1.2.0"),
    ],
)
def test_the_notes_of_a_release_are_those_of_its_version(
    tmp_path: Path, version: str, waiting: str | None, expected: str
) -> None:
    news = script("changelog.d/notes.py")
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "README.md").touch()
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n', encoding="utf-8")
    for name in (waiting or "").split():
        (tmp_path / "changelog.d" / f"{name}.md").touch()
    try:
        notes = news.notes(version, tmp_path)
    except LookupError as problem:
        notes = str(problem)
    assert notes == expected


def test_a_tag_that_is_not_the_version_makes_no_release(capsys) -> None:
    assert script("changelog.d/notes.py").main(["v99.0.0"]) == 1
    assert "pyproject.toml has the version" in capsys.readouterr().err


def test_news_have_a_kind_and_say_something() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    kinds = "|".join(settings["fragment"])
    page = (ROOT / "changelog.d" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == kinds.split("|")
    for path in sorted((ROOT / "changelog.d").iterdir()):
        if path.name not in {"README.md", "notes.py", "__pycache__"}:
            assert re.fullmatch(rf"\+[a-z-]+\.({kinds})\.md", path.name)
            assert path.read_text(encoding="utf-8").strip().endswith(".")
    assert settings["start_string"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

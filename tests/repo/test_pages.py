"""Pages and lists that follow from the code say what the code says."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from bot.engine import errors
from bot.engine.errors import BotError
from bot.features import everything

ROOT = Path(__file__).parent.parent.parent


def script(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_pages_are_fresh() -> None:
    assert script("docs/generate.py").main(["--check"]) == 0


def test_a_stale_page_is_told_and_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    pages = script("docs/generate.py")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    assert pages.main(["--check"]) == 1
    assert "docs/errors.md is out of date; run: make generated" in capsys.readouterr().err
    assert pages.main([]) == 0
    assert pages.main(["--check"]) == 0
    (tmp_path / "commands.md").write_text("old", encoding="utf-8")
    assert pages.main(["--check"]) == 1


def test_every_error_has_its_own_code_and_a_line_in_the_page() -> None:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, BotError) and k is not BotError]
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)
    assert sorted(kind.code for kind in kinds) == listed
    assert len(set(listed)) == len(listed)
    assert set(listed) >= {
        "unknown-command", "missing-value", "bad-value", "not-found", "not-allowed", "stale-button", "too-long", "internal",
    }  # fmt: skip


def test_every_command_stands_in_its_page_with_an_example_that_is_understood() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in everything().listed:
        assert f"### `/{command.name}`" in page
        assert f"Example: `{command.example}`" in page


def test_every_make_command_of_the_pages_is_in_the_makefile() -> None:
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for page in (path for path in pages if path.exists()):
        text = page.read_text(encoding="utf-8")
        used = set(re.findall(r"(?:`|^\$? ?)make ([a-z-]+)", text, re.MULTILINE))
        assert used <= tasks, page
    assert {"demo", "test"} <= set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))


def test_ci_runs_the_readmes_test_command_and_then_the_checks() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    runs = [line.strip() for line in lines if line.strip().startswith("make")]
    assert runs == ["make test", "make check", "make live", "make programs", "make test-web"]


def test_every_task_of_the_makefile_says_what_it_is_for() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())  # type: ignore[index]
    described = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert phony == described


def test_the_locks_pin_everything_with_hashes_and_name_no_host() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(?:extra-)?index|--find-links|--trusted-host|@ (?:file|git)", text), lock
        pinned = re.findall(r"^([a-zA-Z0-9._-]+)(\[[^\]]*\])?==", text, re.MULTILINE)
        assert len(pinned) > 5
        assert text.count("--hash=sha256:") >= len(pinned)
        unpinned = [line for line in text.splitlines() if re.match(r"[a-zA-Z]", line) and "==" not in line]
        assert unpinned == []


def test_the_locks_belong_to_what_is_declared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    fresh = script("requirements/fresh.py")
    assert fresh.main([]) == 0
    monkeypatch.setattr(fresh, "NOTE", tmp_path / "declared.sha256")
    assert fresh.main([]) == 1
    assert "run: make lock" in capsys.readouterr().err
    assert fresh.main(["--write"]) == fresh.main([]) == 0


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (page.parent / target).exists(), f"{page.name}: {target}"

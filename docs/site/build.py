"""Builds the documentation site into `build/docs/site`: `python -m docs.site.build`, or `make docs`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from docs.site.check import problems
from docs.site.sources import ROOT, lay_out
from docs.site.words import speak_french

HERE = Path(__file__).parent
WORK = ROOT / "build" / "docs"
SITE = WORK / "site"
LANGUAGES = ("en", "fr")
"""In this order: the French site is inside the English one."""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_MANY = re.compile(r"^( *- )(\S+/)\*\.md$", re.MULTILINE)


def settings(language: str) -> str:
    """Read the settings of a language; a line such as `- decisions/*.md` becomes one for each page."""
    text = (HERE / f"{language}.yml").read_text(encoding="utf-8")

    def pages_of(line: re.Match[str]) -> str:
        pages = sorted(page.name for page in (ROOT / "docs" / line[2]).glob("[0-9]*.md"))
        return "\n".join(f"{line[1]}{line[2]}{page}" for page in pages)

    return _MANY.sub(pages_of, text)


def main() -> int:
    """Build each language, then look through what was built."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(HERE / "theme", WORK / "theme")
    shutil.copy(HERE / "base.yml", WORK)
    for language in LANGUAGES:
        lay_out(language, WORK / language)
        shutil.copy(HERE / "site.css", WORK / language)
        (WORK / f"{language}.yml").write_text(settings(language), encoding="utf-8")
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", f"{language}.yml"]
        ran = subprocess.run(command, cwd=WORK, capture_output=True, text=True, check=False)  # noqa: S603 - our own pages
        if ran.returncode:
            sys.stderr.write(_COLOUR.sub("", ran.stderr.partition("Traceback")[0]))
            return 1
    for page in SITE.rglob("404.html"):  # it would only be right at the root of a server
        page.unlink()
    problems_found = [*speak_french(SITE / "fr"), *problems(SITE)]
    sys.stderr.writelines(f"{problem}\n" for problem in problems_found)
    if not problems_found:
        sys.stdout.write(
            f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(ROOT)}; begin with index.html\n"
        )
    return 1 if problems_found else 0


if __name__ == "__main__":
    sys.exit(main())

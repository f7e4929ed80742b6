"""Lays out the sources of the site: the pages of `docs/`, and as pages too the files of the repository they link to."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

ROOT = Path(__file__).parent.parent.parent
OWN = PurePosixPath("docs/fr")
"""The one folder of `docs/` that is a site of its own, in its language; each has its own search."""
DRAWN = {".png", ".svg"}
KINDS = {".py": "python", ".json": "json", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".service": "ini"}
_LINK = re.compile(r"(\[[^\]]*\]\()([^)#\s]+)(#[^)\s]*)?(\))")
_LIST = re.compile(r"(?:[-*]|1\.) ")
_FENCE = re.compile(r"^( *(?:```+|~~~+)\w*).*$")


def place(path: PurePosixPath) -> PurePosixPath:
    """Say where in the site a file or folder of the repository is, by what makes its page."""
    if path == PurePosixPath("README.md"):
        return PurePosixPath("index.md")
    if (ROOT / path).is_dir():
        front = next((path / name for name in ("index.md", "README.md") if (ROOT / path / name).exists()), None)
        return place(front) if front else PurePosixPath("repository", path, "index.md")
    if path.is_relative_to("docs") and path.suffix in {".md", *DRAWN}:
        return path.relative_to("docs")
    return PurePosixPath("repository", path if path.suffix == ".md" else f"{path}.md")


def lay_out(language: str, folder: Path) -> None:
    """Write the sources of one language into a folder, with all that they lead to."""
    french = language == "fr"
    waiting = sorted(
        PurePosixPath(path_here.relative_to(ROOT))
        for path_here in (ROOT / "docs").rglob("*")
        if path_here.suffix in {".md", *DRAWN} and path_here.relative_to(ROOT).is_relative_to(OWN) is french
    )
    laid_out = {*waiting, PurePosixPath("README.md")}  # what the README says to visitors, the home page says here
    for path in waiting:
        target = folder / (place(path).relative_to("fr") if french else place(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in DRAWN:
            shutil.copy(ROOT / path, target)
            continue
        text, led_to = _page(path)
        target.write_text(text, encoding="utf-8")
        # A French page leads to the repository by the English site, which has every such page.
        new = (
            []
            if french
            else [path_here for path_here in led_to if path_here not in laid_out and not path_here.is_relative_to(OWN)]
        )
        laid_out.update(new)
        waiting += new


def _page(path: PurePosixPath) -> tuple[str, list[PurePosixPath]]:
    """Write the page of a file or folder; gives it with what it leads to."""
    if (ROOT / path).is_dir():
        files = sorted(file.name for file in (ROOT / path).iterdir() if file.is_file())
        text = "\n".join(
            [f"# {path}/", "", "A folder of the repository.", "", *(f"- [{name}]({name})" for name in files)]
        )
    elif path.suffix == ".md":
        text = (ROOT / path).read_text(encoding="utf-8")
    else:
        code = (ROOT / path).read_text(encoding="utf-8")
        return f"# {path}\n\nA file of the repository.\n\n~~~~~~{KINDS.get(path.suffix, 'text')}\n{code}~~~~~~\n", []
    led_to: list[PurePosixPath] = []
    return "\n".join(_lines(text, path, led_to)) + "\n", led_to


def _lines(text: str, path: PurePosixPath, led_to: list[PurePosixPath]) -> Iterator[str]:
    """Turn the links of a page, and leave its examples as they are.

    Where a list follows a sentence at once, as Markdown commonly allows, an empty line is put between for this reader.
    """
    here = path if (ROOT / path).is_dir() else path.parent
    code, before = False, ""
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if fence:
            code = not code
            yield fence[1]
        elif code:
            yield line
        else:
            if _LIST.match(line) and re.match(r"[^\s|]", before) and not re.match(r"(?:[-*]|\d+\.) ", before):
                yield ""
            yield _LINK.sub(lambda link: _turned(link, here, place(path), led_to), line)
        before = line


def _turned(match: re.Match[str], here: PurePosixPath, page: PurePosixPath, led_to: list[PurePosixPath]) -> str:
    """Let a link of the repository lead to the same thing in the site."""
    before, link, anchor, after = match.groups()
    path = PurePosixPath(normpath(here / link))
    if ":" in link or not (ROOT / path).exists():
        return match[0]
    led_to.append(path)
    target = place(path)
    there = relpath(target, page.parent)
    if target.parts[0] != page.parts[0] and "fr" in {target.parts[0], page.parts[0]}:  # another site
        there = re.sub(r"README\.md$", "index.md", there).removesuffix(".md") + ".html" * there.endswith(".md")
    return f"{before}{there}{anchor or ''}{after}"

"""Looks through a built site: each link and anchor leads somewhere, nothing is fetched elsewhere, and no Markdown is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

LOADED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
}
POLICY = "Content-Security-Policy"
WORDS = {"p", "li", "td", "dd"}
QUIET = {"code", "pre", "script", "style", "svg", "h1", "h2", "h3", "h4"}
_ELSEWHERE = re.compile(r"(?:https?:)?//")
_IN_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*((?:https?:)?//[^'\")\s]+)")
_MARKDOWN = re.compile(r"^ *(?:[-*] |\||```|~~~|#+ )|(?<=[^\n])\n *\d+\. \S|\*\*|\]\(", re.MULTILINE)


@dataclass(slots=True)
class Page:
    """What a reader's browser would follow, fetch and show of one page."""

    anchors: set[str] = field(default_factory=set[str])
    links: list[str] = field(default_factory=list[str])
    menu: set[str] = field(default_factory=set[str])
    loaded: list[str] = field(default_factory=list[str])
    undescribed: list[str] = field(default_factory=list[str])
    policy: str = ""
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.page.anchors |= {attributes[name] for name in ("id", "name") if name in attributes}
        if tag == "a" and "href" in attributes:
            self.page.links.append(attributes["href"])
            if "nav" in self.inside:
                self.page.menu.add(attributes["href"])
        if (
            tag in LOADED
            and LOADED[tag] in attributes
            and attributes.get("rel") not in {"canonical", "alternate", "prev", "next"}
        ):
            self.page.loaded.append(attributes[LOADED[tag]])
        if tag == "img" and not attributes.get("alt"):
            self.page.undescribed.append(attributes.get("src", ""))
        if tag == "meta" and attributes.get("http-equiv") == POLICY:
            self.page.policy = attributes.get("content", "")
        if tag in {*QUIET, *WORDS, "nav", "article"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()
        if tag in WORDS:
            self.page.text += "\n\n"

    def handle_data(self, data: str) -> None:
        if "article" in self.inside and WORDS.intersection(self.inside) and not QUIET.intersection(self.inside):
            self.page.text += data


def read(path: Path) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.page


def problems(site: Path) -> Iterator[str]:
    """List what is wrong in a site."""
    pages = {path: read(path) for path in sorted(site.rglob("*.html"))}
    if not pages:
        yield f"{site}: there is no page"
    for path, page in pages.items():
        yield from (f"{path.relative_to(site)}: {problem}" for problem in _of_page(path, page, pages, site))
    for path in sorted(site.rglob("*.css")):
        for address in _IN_STYLE.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: fetches {address}"
    yield from _in_no_menu(pages, site)


def _of_page(path: Path, page: Page, pages: dict[Path, Page], site: Path) -> Iterator[str]:
    for link in page.links + page.loaded:
        if not _ELSEWHERE.match(link) and not re.match(r"(?:mailto|data):", link):
            yield from _broken(link, path, pages, site)
    yield from (f"fetches {address}" for address in page.loaded if _ELSEWHERE.match(address))
    yield from (f"the picture {source} is not described" for source in page.undescribed)
    if "default-src 'self'" not in page.policy or _ELSEWHERE.search(page.policy):
        yield f"lets the browser fetch from elsewhere; it needs the {POLICY} of the theme"
    if left := _MARKDOWN.search(page.text):
        yield f"shows Markdown: {page.text[left.start() :].strip().splitlines()[0][:60]!r}"


def _broken(link: str, path: Path, pages: dict[Path, Page], site: Path) -> Iterator[str]:
    address, _, anchor = unquote(link).partition("#")
    target = (path.parent / address).resolve() if address else path.resolve()
    if target.is_dir():
        target /= "index.html"
    page_at = {page_path.resolve(): page for page_path, page in pages.items()}
    if not target.is_relative_to(site.resolve()) or not target.exists():
        yield f"leads nowhere: {link}"
    elif anchor and target in page_at and anchor not in page_at[target].anchors:
        yield f"has no such place: {link}"


def _in_no_menu(pages: dict[Path, Page], site: Path) -> Iterator[str]:
    """List the pages that no menu names; those of the repository are reached from where they are spoken of."""
    named = {(path.parent / link.partition("#")[0]).resolve() for path, page in pages.items() for link in page.menu}
    for path in pages:
        if path.name != "404.html" and path.relative_to(site).parts[0] != "repository" and path.resolve() not in named:
            yield f"{path.relative_to(site)}: is in no menu; name it in docs/site/"

"""The documentation site: what is wrong in it is found, and the pages of the repository become pages of it."""

import re
from pathlib import Path, PurePosixPath

import pytest

from docs.site.build import settings
from docs.site.check import problems
from docs.site.sources import ROOT, lay_out, place
from docs.site.words import FRENCH, speak_french

HEAD = '<head><meta http-equiv="Content-Security-Policy" content="default-src \'self\'"></head>'
MENU = '<nav><a href="index.html">Home</a><a href="other.html">Other</a></nav>'


def site(folder: Path, article: str = "", *, head: str = HEAD, menu: str = MENU, style: str = "") -> list[str]:
    (folder / "index.html").write_text(f"{head}{menu}<article>{article}</article>", encoding="utf-8")
    (folder / "other.html").write_text(f'{HEAD}{MENU}<article><h1 id="place">Other</h1></article>', encoding="utf-8")
    (folder / "site.css").write_text(style, encoding="utf-8")
    (folder / "there.png").touch()
    return list(problems(folder))


SOUND = (
    '<h1 id="top">1. Title</h1><p>1. As a <b>word</b> of a sentence: <code>**kwargs</code>, a - b</p>'
    '<a href="other.html#place">there</a><a href="#top">up</a><a href="https://example.org/">out</a>'
    '<a href="mailto:a@example.org">write</a><img src="there.png" alt="A picture"><pre>- code\n- stays</pre>'
)


def test_a_sound_page_has_no_problem(tmp_path: Path) -> None:
    assert site(tmp_path, SOUND, style="a { background: url(data:x) }") == []


@pytest.mark.parametrize(
    ("article", "problem"),
    [
        ('<a href="gone.html">x</a>', "leads nowhere: gone.html"),
        ('<a href="../outside.html">x</a>', "leads nowhere: ../outside.html"),
        ('<a href="other.html#gone">x</a>', "has no such place: other.html#gone"),
        ('<a href="#gone">x</a>', "has no such place: #gone"),
        ('<img src="gone.png" alt="x">', "leads nowhere: gone.png"),
        ('<img src="there.png">', "the picture there.png is not described"),
        ('<img src="https://example.org/x.png" alt="x">', "fetches https://example.org/x.png"),
        ('<script src="//example.org/x.js"></script>', "fetches //example.org/x.js"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "fetches https://example.org/x.css"),
        ("<p>Not chosen:\n- this\n- that</p>", "shows Markdown: '- this'"),
        ("<p>First:\n2. that</p>", "shows Markdown: '2. that'"),
        ("<p>```\ncode</p>", "shows Markdown: '```'"),
        ("<p>| a | b |</p>", "shows Markdown: '| a | b |'"),
        ("<p>See [this](that.md)</p>", "shows Markdown: '](that.md)'"),
    ],
)
def test_what_is_wrong_on_a_page_is_told(tmp_path: Path, article: str, problem: str) -> None:
    assert site(tmp_path, article) == [f"index.html: {problem}"]


def test_a_style_that_fetches_is_told(tmp_path: Path) -> None:
    assert site(tmp_path, style="@import 'https://example.org/x.css';") == [
        "site.css: fetches https://example.org/x.css"
    ]


def test_a_page_that_lets_the_browser_fetch_elsewhere_is_told(tmp_path: Path) -> None:
    (problem,) = site(tmp_path, head="")
    assert problem.startswith("index.html: lets the browser fetch from elsewhere")
    (problem,) = site(tmp_path, head=HEAD.replace("'self'", "'self' https://example.org"))
    assert problem.startswith("index.html: lets the browser fetch from elsewhere")


def test_a_page_that_no_menu_names_is_told_but_a_file_of_the_repository_needs_none(tmp_path: Path) -> None:
    (tmp_path / "lost.html").write_text(HEAD, encoding="utf-8")
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "LICENSE.html").write_text(HEAD, encoding="utf-8")
    assert site(tmp_path) == ["lost.html: is in no menu; name it in docs/site/"]


def test_a_folder_without_pages_is_told(tmp_path: Path) -> None:
    assert list(problems(tmp_path)) == [f"{tmp_path}: there is no page"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("README.md", "index.md"),
        ("docs/members.md", "members.md"),
        ("docs/fr/members.md", "fr/members.md"),
        ("docs/pictures/demo.png", "pictures/demo.png"),
        ("docs/decisions", "decisions/README.md"),
        ("SECURITY.md", "repository/SECURITY.md"),
        (".env.example", "repository/.env.example.md"),
        ("deploy", "repository/deploy/index.md"),
        ("docs/generate.py", "repository/docs/generate.py.md"),
    ],
)
def test_each_file_of_the_repository_has_its_place(path: str, page: str) -> None:
    assert place(PurePosixPath(path)) == PurePosixPath(page)


@pytest.fixture(scope="module", name="sources")
def the_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    lay_out("en", folder / "en")
    lay_out("fr", folder / "fr")
    return folder


def test_links_of_the_repository_lead_to_the_same_in_the_site(sources: Path) -> None:
    english, french = ((sources / folder / "index.md").read_text(encoding="utf-8") for folder in ("en", "fr"))
    assert "[Français](fr/index.html)" in english
    assert "[English](../index.html)" in french
    assert "[Security](repository/SECURITY.md)" in english
    assert "[Security](../repository/SECURITY.html)" in french
    assert "(../docs/architecture.md)" not in (sources / "en" / "repository" / "CONTRIBUTING.md").read_text("utf-8")
    assert (sources / "en" / "repository" / "LICENSE.md").read_text(encoding="utf-8").startswith("# LICENSE\n")


def test_an_example_is_left_as_it_is_and_a_list_is_one_for_every_reader(sources: Path) -> None:
    page = (sources / "en" / "adding-a-command.md").read_text(encoding="utf-8")
    assert "```python test" not in page
    assert re.search(r"^```python\n", page, re.MULTILINE)
    decision = (sources / "en" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    assert "Not chosen:\n\n- " in decision


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_menu_names_every_decision_and_the_site_fetches_no_font(language: str) -> None:
    pages = re.findall(r"decisions/(\d{4}[\w-]+\.md)", settings(language))
    decisions = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert pages == (decisions if language == "en" else [])
    assert "font: false" in (ROOT / "docs" / "site" / "base.yml").read_text(encoding="utf-8")


def test_the_checks_build_the_site_and_the_workflow_keeps_it() -> None:
    workflow = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    assert "run: make docs\n" in workflow
    assert "path: build/docs/site\n" in workflow
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    assert "docs" in re.findall(r"\$\(MAKE\) --no-print-directory (\w+)", recipe)


def test_the_search_of_the_french_site_speaks_french_and_what_it_says_anew_is_noticed(tmp_path: Path) -> None:
    script = tmp_path / "bundle.1.min.js"
    script.write_text(";".join(FRENCH), encoding="utf-8")
    assert list(speak_french(tmp_path)) == []
    words = script.read_text(encoding="ascii")
    assert words == ";".join(FRENCH.values()).encode("ascii", "backslashreplace").decode()
    script.write_text('i===1?"hit":"hits"', encoding="utf-8")
    assert len(list(speak_french(tmp_path))) == len(FRENCH)

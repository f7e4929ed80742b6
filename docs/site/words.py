"""The words of the search that its script has in English only: the French site says them in French."""

from collections.abc import Iterator
from pathlib import Path

FRENCH = {
    '"aria-label":"Search results"': '"aria-label":"Résultats de la recherche"',
    '"aria-label":"Close search"': '"aria-label":"Fermer la recherche"',
    '"aria-label":"Search"': '"aria-label":"Rechercher"',
    'placeholder:"Search"': 'placeholder:"Rechercher"',
    '"aria-label":"Filters"': '"aria-label":"Filtres"',
    'children:"Filters"': 'children:"Filtres"',
    'children:"Tags"': 'children:"Étiquettes"',
    'title:"Toggle line selection"': 'title:"Choisir cette ligne"',
    'NumberFormat("en-US")': 'NumberFormat("fr-CA")',
    '===1?"result":"results"': '<2?"résultat":"résultats"',
    '"No results"': '"Aucun résultat"',
    '"Loading search\\u2026"': '"La recherche se charge…"',
    '"Search is unavailable. Reload the page to try again."': '"La recherche ne marche pas. Rechargez la page."',
}
"""What stands in the script, and what is put in its place."""


def speak_french(site: Path) -> Iterator[str]:
    """Put French words into the scripts of a built site; gives what was not found, which a newer script says otherwise."""
    scripts = [path for path in site.rglob("*.js") if path.name.startswith("bundle.")]
    texts = {path: path.read_text(encoding="utf-8") for path in scripts}
    yield from (f"the script of the search says no {words} any more" for words in FRENCH if not _said(texts, words))
    for path, text in texts.items():
        for words, french in FRENCH.items():
            text = text.replace(words, french.encode("ascii", "backslashreplace").decode())  # noqa: PLW2901 - each in what the last one left
        path.write_text(text, encoding="utf-8")


def _said(texts: dict[Path, str], words: str) -> bool:
    return any(words in text for text in texts.values())

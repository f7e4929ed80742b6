"""A translator's file becomes the same bytes for everyone, at every hour."""

from bot.locales.catalogs import compiled, languages, po_of


def test_a_compiled_catalog_does_not_carry_the_hour_it_was_made() -> None:
    for language in languages():
        assert b"POT-Creation-Date: 2000-01-01 00:00" in compiled(language)


def test_a_translator_is_not_met_by_empty_names_and_addresses() -> None:
    for language in languages():
        text = po_of(language).read_text(encoding="utf-8")
        assert "EMAIL@ADDRESS" not in text
        assert "FULL NAME" not in text

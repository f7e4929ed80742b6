"""The digest's picture: every name is drawn as its owner writes it, and no name breaks the picture."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import TypeAdapter

from bot.ui.chart import Chart, PictureError, TopPlace, WeekTotals
from bot.ui.drawing import draw
from bot.ui.picture import fonts, rows
from bot.ui.picture.lettering import Lettering, outline
from bot.ui.picture.page import HEIGHT, WIDTH, Canvas
from bot.ui.picture.paint import MOST_BYTES, svg
from bot.ui.picture.words import words_in

PNG = b"\x89PNG\r\n\x1a\n"
UNCOVERED = "𐎀𐎁𐎂"  # Ugaritic
WEEKS = tuple(WeekTotals(202604 + n, 9 + n, 4 + n, n) for n in range(8))
PLAIN = Lettering(26, fonts.REGULAR, "en")
NAMES = {
    "Latin": "Amina El Fassi",
    "Vietnamese": "Nguyễn Thị Hồng Ánh",
    "Polish": "Łukasz Żółć",
    "Cyrillic": "Владимир Путник",
    "Greek": "Ελένη Παππά",
    "Arabic": "أمينة الفاسي",
    "Persian": "نیلوفر می‌خواهد",
    "Hebrew": "דנה רוזן",
    "Devanagari": "अमिता शर्मा",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Tamil": "தமிழ்ச்செல்வி",
    "Chinese": "王小明",
    "Japanese": "田中さくら",
    "Korean": "김민준",
    "Amharic": "አበበ",
    "two scripts": "أمينة (Amina)",
    "a flower": "Zoë 🌸",
}


def board(*names: str) -> Chart:
    return Chart(WEEKS, tuple(TopPlace(n, name, 9 - n) for n, name in enumerate(names, 1)))


def drawing(chart: Chart) -> str:
    return svg(chart, words_in("en"))


@pytest.fixture
def forgotten_fonts() -> Iterator[None]:
    for cached in (fonts.folder, fonts.faces):
        cached.cache_clear()
    yield
    for cached in (fonts.folder, fonts.faces):
        cached.cache_clear()


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_drawn_in_its_own_script(script: str) -> None:
    drawn = outline(NAMES[script], PLAIN, 400)
    assert drawn is not None
    assert drawn.width > 20
    assert drawing(board("A", NAMES[script])) != drawing(board("A", UNCOVERED))


@pytest.mark.parametrize("name", [UNCOVERED, "", "\u200b\u202e", "\ue000", "\ud800", "Z" + "\u0351\u0323" * 30])
def test_a_name_that_cannot_be_drawn_is_shown_by_its_place(name: str) -> None:
    assert outline(name, PLAIN, 400) is None
    shown = rows.rows(Canvas(words_in("en")), board("A", name).places)[1]
    told = outline("Place 2", PLAIN, 400)
    assert shown.name is not None
    assert told is not None
    assert (shown.name.path, shown.named) == (told.path, False)


def test_a_chart_is_a_png_of_the_page() -> None:
    png = draw(board("Amina", "Omar"), "en")
    assert png.startswith(PNG)
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)


def test_the_same_chart_is_the_same_picture() -> None:
    chart = board(*list(NAMES.values())[:5])
    assert draw(chart, "en") == draw(chart, "en")


@pytest.mark.parametrize(
    "weeks",
    [WEEKS[:1], WEEKS * 2, (WeekTotals(202601, 0, 0, 0),) * 8, (WeekTotals(202601, 10**9, 5, 0),)],
    ids=["one week", "many weeks", "zeros", "huge"],
)
@pytest.mark.parametrize("places", [(), board("A", "B", "B", "D", "E", "F", "G").places], ids=["alone", "board"])
def test_any_history_can_be_drawn(weeks: tuple[WeekTotals, ...], places: tuple[TopPlace, ...]) -> None:
    assert draw(Chart(weeks, places), "en").startswith(PNG)


@pytest.mark.parametrize("name", ["鬱驫麤龗" * 20, "श्री ज्ञ क्ष्म " * 20, "🪴🧮🏯🦋" * 30, "@%&W§" * 30])
def test_five_long_dense_names_stay_within_60_kb(name: str) -> None:
    busy = tuple(WeekTotals(202604 + n, 9876 + n, 8765, 4321) for n in range(8))
    png = draw(Chart(busy, board(*[name] * 7).places), "en")
    assert len(png) <= MOST_BYTES


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=7))
def test_no_names_ever_break_the_picture(names: list[str]) -> None:
    assert len(draw(board(*names), "en")) <= MOST_BYTES


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(sorted(NAMES.values())).map(lambda name: name * 5))
def test_a_long_name_is_cut_to_its_space(name: str) -> None:
    drawn = outline(name, PLAIN, 276)
    assert drawn is None or drawn.width <= 276.1


def test_a_space_too_small_for_one_letter_stays_empty() -> None:
    assert outline("WWW", PLAIN, 5) is None


def test_a_picture_that_stays_too_big_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ui.picture.paint.MOST_BYTES", 100)
    with pytest.raises(PictureError):
        draw(board("Amina"), "en")


def test_a_name_is_made_a_little_smaller_before_it_is_cut() -> None:
    whole = outline("Nguyễn Thị Hồng Ánh", PLAIN, 1000)
    smaller = outline("Nguyễn Thị Hồng Ánh", PLAIN, 240)
    assert whole is not None
    assert smaller is not None
    assert smaller.path.count("M") == whole.path.count("M")


def test_a_name_can_never_be_markup() -> None:
    wild = drawing(board('<b>&"</b><script>alert(1)</script>', "]]><rect/>", "{{ 7 * 7 }}", "{% raw %}", "\x00&#x0;"))
    tame = drawing(board("A", "B", "C", "D", "E"))
    assert [e.tag for e in ET.fromstring(wild).iter()] == [e.tag for e in ET.fromstring(tame).iter()]  # noqa: S314
    assert "alert" not in wild
    assert "href" not in wild


def test_arabic_and_latin_stand_in_reading_order() -> None:
    # The last letters of an Arabic line stand leftmost, and its brackets are turned round.
    name = outline("أمينة (Amina)", PLAIN, 400)
    bracket = outline("(", PLAIN, 400)
    assert name is not None
    assert bracket is not None
    assert name.path.startswith(bracket.path)


def test_numbers_in_a_hebrew_name_keep_their_order() -> None:
    name, number = outline("דנה 12", PLAIN, 400), outline("12", PLAIN, 400)
    assert name is not None
    assert number is not None
    assert name.path.startswith(number.path)


def test_a_hebrew_name_between_english_words_stays_between_them() -> None:
    name, start = outline("Dr דנה רוזן PhD", PLAIN, 400), outline("Dr", PLAIN, 400)
    assert name is not None
    assert start is not None
    assert name.path.startswith(start.path)


def test_a_leftward_language_mirrors_the_page() -> None:
    words = words_in("en")
    right = rows.rows(Canvas(words), board("Amina").places)[0].name
    left = rows.rows(Canvas(replace(words, right_to_left=True)), board("Amina").places)[0].name
    assert right is not None
    assert left is not None
    assert left.x + left.width == pytest.approx(WIDTH - right.x)


def test_a_language_that_is_not_spoken_is_drawn_in_english() -> None:
    assert draw(board("Amina"), "tlh") == draw(board("Amina"), "en")


def test_east_asian_letters_follow_the_name_then_the_language() -> None:
    assert fonts.region("田中さくら", "zh") == "ja"
    assert fonts.region("王", "ko") == "ko"
    assert fonts.region("王", "fr") == "zh"


@pytest.mark.usefixtures("forgotten_fonts")
def test_without_fonts_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "manimgx_fonts", None)
    with pytest.raises(PictureError):
        draw(board("Amina"), "en")


@pytest.mark.usefixtures("forgotten_fonts")
def test_without_the_east_asian_font_those_names_are_shown_by_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "manimgx_fonts_cjk", None)
    assert drawing(board("A", "王小明")) == drawing(board("A", UNCOVERED))


def test_without_the_library_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.delitem(sys.modules, "bot.ui.picture.paint")
    with pytest.raises(PictureError):
        draw(board("Amina"), "en")


@pytest.mark.parametrize("weeks", [(), (WeekTotals(202699, 1, 1, 1),)], ids=["no week", "no such week"])
def test_there_is_no_picture_of_no_week(weeks: tuple[WeekTotals, ...]) -> None:
    with pytest.raises(PictureError):
        draw(Chart(weeks), "en")


def test_a_chart_is_the_same_after_it_was_stored() -> None:
    chart, stored_form = board("Amina", "王小明"), TypeAdapter(Chart)
    assert stored_form.validate_json(stored_form.dump_json(chart)) == chart


def test_knowing_a_chart_loads_no_drawing_library() -> None:
    code = (
        "import sys, bot.ui.chart; print({'bot.ui.picture.paint', 'resvg_py', 'uharfbuzz', 'babel'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "set()"

"""The same person is the same letters; what is merely alike is never taken for the same."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from bot.domain.sameness import Likeness, bare, is_organisation, same_person_key
from bot.letters import letters_of

words = st.text(st.characters(categories=("L",)), min_size=1, max_size=8)

SAME = [
    ("Dana R.", "dana  r"),
    ("Dana R.", "(DANA R)"),
    ("Jean-Luc", "Jean Luc"),
    ("O'Brien", "O’Brien"),
    ("Ｄａｎａ", "Dana"),
    ("José", "Jose\u0301"),
    ("Straße", "STRASSE"),
    ("Nguyễn Văn Dũng", "NGUYỄN VĂN DŨNG"),
    ("ﾔﾏﾀﾞ", "ヤマダ"),
]
ALIKE = [
    ("Nguyễn Văn Dũng", "Nguyễn Văn Dung"),
    ("José", "Jose"),
    ("Dana R.", "Dána R."),
    ("علی کریمی", "علي كريمي"),
    ("علی‌رضا", "علیرضا"),
    ("أحمد", "احمد"),
    ("Işık", "Isik"),
    ("İpek", "ipek"),
    ("Đặng", "Dang"),
    ("Łukasz", "Lukasz"),
    ("Søren", "Soren"),
    ("Dаna", "Dana"),
    ("Jean-Luc", "Jeanluc"),
    ("Priya Sharma", "Prya Sharma"),
    ("Mohamed", "Mohammed"),
    ("Maria", "Mraia"),
    ("Jon", "John"),
    ("Olena", "Elena"),
    ("Иванова", "Ивакова"),
    ("王偉", "王伟"),
    ("髙橋", "高橋"),
    ("श्रुति", "श्रुती"),
]
OTHERS = [
    ("Tom", "Tim"),
    ("Lee", "Leo"),
    ("Person 1", "Person 2"),
    ("Person A", "Person B"),
    ("Dana R.", "Dana S."),
    ("Dana R.", "Dana"),
    ("Priya Sharma", "Priya Verma"),
    ("Maria", "Marta B."),
    ("王小明明", "王小月明"),
    ("김민수", "김민지"),
    ("Prya Sharmo", "Priya Sharma"),
    ("!!!", "???"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_letters_are_the_same_person(first, second):
    assert same_person_key(first, "Nordik") == same_person_key(second, "NORDIK.")


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_what_is_alike_is_noticed_and_is_not_the_same(first, second):
    assert same_person_key(first, "Nordik") != same_person_key(second, "Nordik")
    assert Likeness(first, "Nordik").fits(second, "Nordik Inc.")
    assert Likeness(second, "Nordik").fits(first, "Nordik")
    assert Likeness(first, "Nordik").may_fit(bare(second))
    assert Likeness(second, "Nordik").may_fit(bare(first))


@given(st.text("abcd ", min_size=1, max_size=12), st.data())
def test_nobody_with_one_slip_is_left_out_at_first_sight(name, data):
    place = data.draw(st.integers(0, len(name)))
    before, after = name[:place], name[place:]
    slip = data.draw(st.sampled_from("abcdx "))
    swapped = after[1:2] + after[:1] + after[2:]
    for typed in (before + slip + after, before + slip + after[1:], before + after[1:], before + swapped):
        likeness, list_of_names = Likeness(name, "Nordik"), [bare("Omar"), bare(typed), bare("Priya")]
        assert likeness.may_fit(bare(typed)) or not likeness.fits(typed, "Nordik")
        assert likeness.may_fit_any("\n".join(["", *list_of_names, ""])) == any(map(likeness.may_fit, list_of_names))


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_another_name_is_another_person(first, second):
    assert same_person_key(first, "Nordik") != same_person_key(second, "Nordik")
    assert not Likeness(first, "Nordik").fits(second, "Nordik")


def test_one_slip_counts_in_name_and_place_together():
    assert Likeness("Dana", "Nordik").fits("Dana", "Nordic")
    assert not Likeness("Priya", "Nordik").fits("Prya", "Nordic")
    assert not Likeness("Dana", "Nordik").fits("Dana", "Bell")
    assert same_person_key("Dana", "R Nordik") != same_person_key("Dana R", "Nordik")


@given(words, words)
def test_one_person_however_the_name_is_typed(name, place):
    key = same_person_key(name, place)
    assert same_person_key(f"  {name}. ", f"{place},") == key
    assert same_person_key(f"({name})", unicodedata.normalize("NFD", place)) == key
    assert Likeness(name, place).fits(name.upper(), place)


@given(words, words, words)
def test_people_of_two_places_are_two_people(name, first, second):
    same = letters_of(first) == letters_of(second)
    assert (same_person_key(name, first) == same_person_key(name, second)) is same


@given(words, words, words, words)
def test_who_is_alike_is_alike_from_both_sides(first, here, second, there):
    assert Likeness(first, here).fits(second, there) == Likeness(second, there).fits(first, here)


ORGANISATIONS = [
    ("Nordik", "Nordik"),
    ("nordík", "Nordik"),
    ("Nordik Inc.", "Nordik"),
    ("Nordik", "Nordik inc"),
    ("Nordik Ltée", "Nordik Ltd."),
    ("Nordik S.A.", "Nordik"),
    ("Nordik GmbH", "Bell"),
    ("Acme Ltée", "Acme Montréal"),
    ("Acme S.A.R.L.", "Acme"),
    ("Inc", "Inc"),
    ("The Nordik", "Nordik"),
    ("Groupe Nordik", "Nordik inc."),
    ("ООО Ромашка", "Ромашка"),
    ("华为", "华为有限公司"),
    ("株式会社トヨタ", "トヨタ"),
]


@pytest.mark.parametrize(("name", "place"), ORGANISATIONS)
def test_an_organisation_is_no_person(name, place):
    assert is_organisation(name, place)


@pytest.mark.parametrize(
    "name", ["Dana R.", "Dana Co", "Ana Sa", "Li AG", "Nordik Tremblay", "The Nordik Tremblay", "Inc", "D. Inckx"]
)
def test_a_person_is_no_organisation(name):
    assert not is_organisation(name, "Nordik")

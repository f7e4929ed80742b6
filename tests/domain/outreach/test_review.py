"""A message is read: what is found in it, and the place that shows it."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.outreach.review import MOST_FIXES, Fault, NotAMessage, Reader, Review, review

GOOD = (
    "Hello Dana, your talk at the library about the river sensor made me want to write to you. "
    "We both came to Laval from another country. I would like to understand how you tested it in winter. "
    "Do you have 20 minutes for a call? If not, that is fine."
)


def read(text, **known):
    found = review(text, Reader(**known))
    assert isinstance(found, Review)
    return found


def faults(text, **known):
    return {fix.fault: fix.quote for fix in read(text, **known).faults}


def test_a_good_message_has_nothing_to_change():
    assert faults(GOOD) == {}
    assert set(read(GOOD).good) == set(Fault)


@pytest.mark.parametrize(
    ("change", "fault", "quote"),
    [
        (("a call", "a call. Is your company hiring"), Fault.JOB, "Is your company hiring?"),
        (("a call", "an informational interview"), Fault.TERM, "informational interview"),
        (("If not, that is fine.", ""), Fault.EASY_NO, "Do you have 20 minutes for a call?"),
        (("20 minutes", "time"), Fault.DURATION, "Do you have time for a call?"),
        (("We both came to Laval from another country.", ""), Fault.COMMON, "Hello Dana, your talk at the library"),
        (("If not", "My CV is attached. If not"), Fault.ATTACHMENT, "My CV is attached."),
        (("If not", "See https://example.org/me. If not"), Fault.ATTACHMENT, "See https://example.org/me."),
        (("in winter", "in [season]"), Fault.UNFILLED, "[season]"),
        (("in winter", "in winter " + "and summer " * 20), Fault.LENGTH, "I would like to understand how you tested"),
        (("a call?", "a call? Was it cold? Was it wet?"), Fault.TOO_MANY, "Was it wet?"),
    ],
)
def test_each_fault_is_shown_in_the_members_own_words(change, fault, quote):
    found = faults(GOOD.replace(*change))
    assert list(found) == [fault]
    assert found[fault].startswith(quote)


def test_a_message_in_capitals_is_noticed_and_read_like_any_other():
    assert list(faults(GOOD.upper())) == [Fault.CAPITALS]


def test_the_weightiest_three_come_first():
    found = read("I am an engineer. I need a job. Please find my CV attached. I want an informational interview.")
    assert [fix.fault for fix in found.fixes] == [Fault.JOB, Fault.TERM, Fault.REASON]
    assert len(found.fixes) == MOST_FIXES < len(found.faults)


def test_who_knows_the_term_may_be_told_it():
    text = GOOD.replace("a call", "an informational interview")
    assert Fault.TERM in faults(text)
    assert faults(text, knows_term=True) == {}


def test_what_the_member_noted_about_a_person_is_a_reason():
    text = "Hello Dana. Rivers with sensors interest me. Could we talk? If not, that is fine."
    assert Fault.REASON in faults(text)
    assert Fault.REASON not in faults(text, about="built the river sensors")
    assert Fault.REASON in faults("Hello Dana. Your company interests me. Could we talk?", about="works at a company")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", NotAMessage.TOO_SHORT),
        ("", NotAMessage.TOO_SHORT),
        ("?!?!", NotAMessage.TOO_SHORT),
        ("https://example.org/a/b/c/d/e/f/g", NotAMessage.TOO_SHORT),
        ("1 2 3 4 5 6 7 8 9", NotAMessage.TOO_SHORT),
        ("Quiero hablar con ella sobre trabajo porque necesito consejos urgentes hoy", NotAMessage.OTHER_LANGUAGE),
        ("我想和你谈谈 关于 你的 工作 好吗 谢谢 再见", NotAMessage.OTHER_LANGUAGE),
        ("The bridge was closed on Monday and the repair will take two months.", NotAMessage.TO_NOBODY),
    ],
)
def test_what_is_no_message_is_not_read_as_one(text, why):
    assert review(text) is why


@given(st.text(max_size=400))
def test_any_text_at_all_gets_an_answer(text):
    found = review(text)
    assert isinstance(found, NotAMessage) or all(fix.quote for fix in found.faults)


@given(st.lists(st.sampled_from(GOOD.split()), min_size=8, max_size=90).map(" ".join))
def test_a_quote_is_always_the_members_own_words(text):
    found = review(text)
    if isinstance(found, Review):
        assert all(fix.quote.removesuffix("…") in text for fix in found.faults)

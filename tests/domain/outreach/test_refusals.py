"""A message lets its reader say no in many ways; polite words alone are none."""

from bot.domain.outreach.refusals import grants_no
from bot.domain.outreach.review import Fault
from bot.domain.outreach.sentences import sentences_of
from tests.support.corpus import lines

FREE = [line for fault, line in lines("says") if fault == Fault.EASY_NO]
NOT_FREE = [line for fault, line in lines("only-sounds-like-it") if fault == Fault.EASY_NO]


def test_a_line_that_lets_them_say_no_is_understood():
    before = "Could we talk about your bread for 20 minutes?"
    assert [line for line in FREE if not grants_no(sentences_of(f"{before}\n{line}\nSamir"))] == []


def test_politeness_and_hope_let_nobody_say_no():
    assert [line for line in NOT_FREE if grants_no(sentences_of(f"I read about your bread.\n{line}\nSamir"))] == []

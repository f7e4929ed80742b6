"""A message lets its reader say no in many ways; polite words alone are none."""

import pytest

from bot.domain.outreach.refusals import grants_no
from bot.domain.outreach.review import Fault
from bot.domain.outreach.sentences import sentences_of
from tests.support.corpus import lines

FREE = [line for fault, line in lines("says") if fault == Fault.EASY_NO]
NOT_FREE = [line for fault, line in lines("only-sounds-like-it") if fault == Fault.EASY_NO]


@pytest.mark.parametrize("line", FREE)
def test_a_line_that_lets_them_say_no_is_understood(line):
    assert grants_no(sentences_of(f"Could we talk about your bread for 20 minutes?\n{line}\nSamir"))


@pytest.mark.parametrize("line", NOT_FREE)
def test_politeness_and_hope_let_nobody_say_no(line):
    assert not grants_no(sentences_of(f"I read about your bread.\n{line}\nSamir"))

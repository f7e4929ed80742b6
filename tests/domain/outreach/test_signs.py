"""What a message needs can be said in many ways: `lines.toml` has lines that say it, and lines that only sound like it."""

import pytest

from bot.domain.outreach.review import Fault, Review, review
from tests.support.corpus import lines

SAID = [case for case in lines("says") if case[0] != Fault.EASY_NO]
NOT_SAID = [case for case in lines("only-sounds-like-it") if case[0] != Fault.EASY_NO]


def faults(line):
    read = review(f"Hello Dana, good day to you.\n{line}\nSamir")
    assert isinstance(read, Review)
    return {fix.fault for fix in read.faults}


@pytest.mark.parametrize(("fault", "line"), [case for case in SAID if case[0] != Fault.JOB])
def test_a_line_that_says_what_is_needed_is_understood(fault, line):
    assert fault not in faults(line)


@pytest.mark.parametrize(("fault", "line"), [case for case in NOT_SAID if case[0] != Fault.JOB])
def test_a_line_that_only_sounds_like_it_is_not_taken_for_it(fault, line):
    assert fault in faults(line)


@pytest.mark.parametrize("line", [line for fault, line in SAID if fault == Fault.JOB])
def test_a_line_that_asks_for_a_job_is_seen(line):
    assert Fault.JOB in faults(line)


@pytest.mark.parametrize("line", [line for fault, line in NOT_SAID if fault == Fault.JOB])
def test_a_line_about_their_job_asks_for_none(line):
    assert Fault.JOB not in faults(line)

"""What a message needs can be said in many ways: `lines.toml` has lines that say it, and lines that only sound like it."""

import pytest

from bot.domain.outreach.review import Fault, Review, review
from tests.support.corpus import lines

WRONG_TO_SAY = {Fault.JOB, Fault.ATTACHMENT}
SAID = [case for case in lines("says") if case[0] != Fault.EASY_NO]
NOT_SAID = [case for case in lines("only-sounds-like-it") if case[0] != Fault.EASY_NO]


def faults(line):
    read = review(f"Hello Dana, good day to you.\n{line}\nSamir")
    assert isinstance(read, Review)
    return {fix.fault for fix in read.faults}


@pytest.mark.parametrize(("fault", "line"), [case for case in SAID if case[0] not in WRONG_TO_SAY])
def test_a_line_that_says_what_is_needed_is_understood(fault, line):
    assert fault not in faults(line)


@pytest.mark.parametrize(("fault", "line"), [case for case in NOT_SAID if case[0] not in WRONG_TO_SAY])
def test_a_line_that_only_sounds_like_it_is_not_taken_for_it(fault, line):
    assert fault in faults(line)


@pytest.mark.parametrize(("fault", "line"), [case for case in SAID if case[0] in WRONG_TO_SAY])
def test_a_line_that_asks_for_a_job_or_brings_a_file_is_seen(fault, line):
    assert fault in faults(line)


@pytest.mark.parametrize(("fault", "line"), [case for case in NOT_SAID if case[0] in WRONG_TO_SAY])
def test_a_line_that_only_sounds_like_a_request_or_a_file_is_left_alone(fault, line):
    assert fault not in faults(line)

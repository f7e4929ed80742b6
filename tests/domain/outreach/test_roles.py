"""People whose work makes it likely that they know the term."""

import pytest

from bot.domain.outreach.roles import ROLES, role_in, roles_in


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("a recruiter for nurses", "recruiter"),
        ("She is a Career Advisor at the college", "career advisor"),
        ("settlement workers like him", "settlement worker"),
        ("mentor in the newcomers' program", "mentor"),
        ("conseillère en emploi au centre", "conseillère en emploi"),
        ("conseillere en emploi", "conseillère en emploi"),
        ("intervenante en etablissement", "intervenante en établissement"),
        ("job-developer", "job developer"),
        ("my mentor gave me her name", None),
        ("recommended by a friend of our recruiter", None),
        ("mon mentor m'a parlé d'elle", None),
        ("she builds instruments and documentaries", None),
        ("leads the tormentors", None),
        ("works on career paths", None),
        ("", None),
    ],
)
def test_a_role_is_found_where_it_is_said_of_the_person(words, role):
    assert role_in([words, "Nordik"]) == role


def test_two_notes_do_not_make_a_role_together():
    assert role_in(["wants a career", "advisor"]) is None


def test_organisers_may_name_other_work():
    assert role_in(["a school nurse"], ("nurse",)) == "nurse"
    assert role_in(["a recruiter"], ("nurse",)) is None
    assert roles_in(" nurse ,, head  nurse;\nnurse\n") == ("nurse", "head nurse")
    assert roles_in(", ".join(ROLES)) == ROLES

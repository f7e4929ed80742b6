"""What is left of a sentence without the words that everybody uses: it names a topic, a reason, or something shared."""

import pytest

from bot.domain.outreach.review import Fault, Review, review

OPENING = "Hello Dana, good day to you."


def faults(*sentences):
    read = review("\n".join((OPENING, *sentences, "Samir")))
    assert isinstance(read, Review)
    return {fix.fault for fix in read.faults}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Could we talk for 20 minutes about it on Monday?", False),
        ("Could we talk for 20 minutes, kiln-wise, on Monday?", True),
        ("Could we talk for 20 minutes, bee-wise?", True),
        ("Could we talk for 20 minutes, bee?", False),
        ("Pourrait-on se voir lundi près de la gare pour un café ?", False),
        ("Pourrait-on se voir lundi, soudure et café ?", True),
    ],
)
def test_a_long_word_that_is_not_in_every_request_names_the_topic(asked, named):
    assert (Fault.TOPIC not in faults(asked)) == named


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        ("You are an actuary.", False),
        ("You are an actuary, Geneva.", True),
        ("I am an actuary and you are an actuary, Geneva.", False),
        ("I saw that you are an actuary as I was.", False),
        ("You told me that you are an actuary, Geneva.", True),
        ("Vous savez que j'étais actuaire à Genève.", False),
        ("You are an actuary of Geneva?", False),
        ("I would like to hear you, actuary of Geneva.", False),
        ("If you can be an actuary of Geneva, great.", False),
        ("Vous pouvez refuser, actuaire de Genève.", False),
        ("You find the portfolio in this email, actuary of Geneva.", False),
        ("Vous êtes actuaire.", False),
        ("Vous êtes actuaire à Genève.", True),
        ("Moi, je suis de Genève, et vous êtes actuaire à Genève.", False),
    ],
)
def test_more_than_a_trade_that_is_told_only_of_the_reader_is_a_reason(sentence, apart):
    assert (Fault.REASON not in faults(sentence, "Could we talk?")) == apart


@pytest.mark.parametrize(
    ("sentence", "alike"),
    [
        ("I am a mason.", False),
        ("I am a mason, Lomé.", False),
        ("I am a mason of towers, Lomé.", True),
        ("Am I a mason of towers, Lomé?", False),
        ("I hope to hear of masonry, towers, Lomé.", False),
    ],
)
def test_who_tells_much_of_themselves_to_one_reader_has_something_in_common(sentence, alike):
    assert (Fault.COMMON not in faults("Your greenhouse is full of lemons.", sentence, "Could we talk?")) == alike

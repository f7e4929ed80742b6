"""Sentences: what only greets or thanks says nothing, and a quote is short enough to show."""

import pytest

from bot.domain.outreach.sentences import QUOTED, Sentence, sentences_of


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Good morning dear Dana!", True),
        ("Good morning dear old Dana!", False),
        ("Bonjour Madame Marie Roy,", True),
        ("Bonjour Madame Marie Rose Roy !", False),
        ("With much love today,", True),
        ("With much love from today,", False),
        ("Thank you for your time and your good advice!", True),
        ("Thank you for your time and for your good advice!", False),
        ("I hope that you are well today and all your people too.", True),
        ("I hope that you are well today and that your people are too.", False),
        ("Merci de me dire si un appel vous convient.", False),
        ("To whom it may concern,", True),
    ],
)
def test_a_short_polite_sentence_says_nothing_and_a_longer_one_does(text, frame):
    assert Sentence(text).is_frame is frame


@pytest.mark.parametrize(("letters", "cut"), [(90, False), (91, True)])
def test_a_quote_is_cut_when_it_is_longer_than_a_line(letters, cut):
    quote = Sentence("a" * letters).quote
    assert len(quote) == QUOTED == 90
    assert quote.endswith("…") is cut


def test_a_title_or_an_initial_ends_no_sentence():
    texts = [sentence.text for sentence in sentences_of("Hello Mr. Roy. I met J. Lam! She is kind.")]
    assert texts == ["Hello Mr. Roy.", "I met J. Lam!", "She is kind."]


@pytest.mark.parametrize(
    ("text", "mine", "yours"),
    [
        ("I don't know your street.", 1, 1),
        ("I'm here with you.", 1, 1),
        ("Je t'écris de ma rue.", 2, 1),
        ("Y a-t-il un pont ?", 0, 0),
        ("Luc m'a dit que vous chantez.", 1, 1),
    ],
)
def test_the_t_and_the_m_of_another_word_are_nobody(text, mine, yours):
    assert (Sentence(text).mine, Sentence(text).yours) == (mine, yours)

"""An address that is spelled out is refused; "dot" and "point" in a sentence are words."""

import pytest

from bot.engine.clean import keepable
from bot.engine.contacts import has_contact
from tests.support.console import Console

SENTENCES = (
    "at 9 dot on time",
    "We met at 9 dot on time",
    "be there at 9 dot no later",
    "meet me at 5 dot no later",
    "the bus came at noon dot so I ran",
    "the talk ended at ten dot it was great",
    "look at the dot in it",
    "she stared at a dot on it",
    "He looked at one point in my CV",
    "Dana arrived at this point to be heard",
    "we met at that point at noon",
    "she is good at asp dot net",
    "he works at amazon dot ca",
    "Tom at Metro dot on Monday",
    "on s'est vu à 9 point de suite",
    "elle vend chez Orange point de vente Laval",
    "Marie travaille chez Renault point com",
    "un café chez elle point de retard",
)
ADDRESSES = (
    "dana at nordik dot ca",
    "Dana at Nordik dot ca, she said",
    "dana.r at gmail dot com",
    "write to dana at mail dot nordik dot co dot uk",
    "dana at nordik dot de for questions",
    "dana at nordik dot me",
    "dana at 9 dot ca",
    "dana (at) nordik (dot) on",
    "dana arobase nordik point ca",
    "jean chez orange point fr",
    "jean chez orange point de",
    "d.r@nordik dot com",
    "We met at 9 dot on time, dana at nordik dot ca",
    "she works at tom at nordik dot ca",
)


@pytest.mark.parametrize("words", SENTENCES)
def test_a_dot_in_a_sentence_is_a_word(words: str):
    assert has_contact(words) is None
    assert keepable(words, contacts=False) == words


@pytest.mark.parametrize("words", ADDRESSES)
def test_an_address_that_is_spelled_out_is_found(words: str):
    assert has_contact(words) is not None


async def test_what_was_agreed_is_kept_and_an_address_is_not(circle: Console):
    add = '@amina /lead add name:Dana organisation:Nordik why:"{}"'
    refused = await circle.one(add.format("dana at nordik dot ca"))
    assert "I do not keep e-mail addresses" in refused.text
    assert (await circle.one(add.format("We met at 9 dot on time"))).error is None

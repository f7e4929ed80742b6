"""Tips of the organisers' own as a pack: many come in at once, and go out as a file for another community."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.pack import PackTip, read_pack, write_pack
from bot.domain.tip import Topic
from bot.ui.reply import File

NAMES = {topic: topic.value for topic in Topic}
TOPICS = {topic.value: topic for topic in Topic}
PACK = "[asking] I write on Tuesday mornings. [talking] I listen first. [preparing] I read their page."


@pytest.fixture(autouse=True)
async def organiser(circle):
    await circle.run("@olga as organiser")


async def bring(circle, text=PACK, who="olga"):
    return await circle.one(f'@{who} /community pack import text:"{text}"')


async def test_many_tips_come_in_at_once_and_every_member_reads_them(circle):
    seen = await bring(circle)
    assert seen.text.startswith("3 new tips\n\n- I write on Tuesday mornings.\n- I listen first.\n- I read their page.")
    read = await circle.one("@amina /tip list topic:talking")
    assert "I listen first." in read.text
    await bring(circle, "[other] I rest.")
    read = await circle.one("@amina /tip get topic:other")
    assert "From the organisers of this community." in read.text


async def test_the_same_pack_twice_changes_nothing(circle):
    await bring(circle)
    seen = await bring(circle, f"{PACK} [words] I say hello.")
    assert "1 new tip\n\n- I say hello.\n\n3 tips were here already." in seen.text
    seen = await bring(circle)
    assert seen.text.startswith("Nothing changed.\n\n3 tips were here already.")


async def test_our_own_tips_are_known_in_both_languages(circle):
    await circle.run("@luc speaks fr")
    french = (await circle.one("@luc /conseil lire sujet:parler")).text
    own = next(line for line in french.splitlines() if len(line) > 60)
    assert "1 tip was here already." in (await bring(circle, own)).text


async def test_what_no_tip_may_hold_is_told_and_the_rest_comes_in(circle):
    seen = await bring(
        circle, f"[asking] See https://fees.example.com [talking] Call 416 555 0199 [words] {'x' * 501} [other] Rest."
    )
    assert seen.text.startswith("1 new tip\n\n- Rest.")
    assert "3 tips did not come in:" in seen.text
    assert "A tip cannot hold a link." in seen.text
    assert "this has 501 characters" in seen.text
    assert "Rest." in (await circle.one("@amina /tip list topic:other")).text


async def test_a_pack_is_taken_back_and_nothing_else_is(circle):
    await circle.run("@olga /community settings review:no", '@amina /tip share text:"Members write this." topic:asking')
    await bring(circle, "[asking] An older one.")
    await circle.run("at 2026-03-10T09:00")
    await bring(circle)
    assert (await circle.one('@olga press "Take them back"')).text.startswith("3 tips are gone again.")
    left = (await circle.one("@amina /tip list topic:asking")).text
    assert "An older one." in left
    assert "Members write this." in left
    assert "Tuesday" not in left


async def test_the_pack_goes_out_and_comes_in_elsewhere_without_the_tips_of_members(circle):
    await circle.run("@olga /community settings review:no", '@amina /tip share text:"Members write this." topic:asking')
    assert "There is no tip of the organisers yet." in (await circle.one("@olga /community pack export")).text
    await circle.run('@olga /tip share text:"Olga wrote this." topic:words')
    await bring(circle)
    seen = await circle.one("@olga /community pack export")
    (file,) = [part for part in seen.reply.parts if isinstance(part, File)]
    assert seen.text.startswith("4 tips in your pack")
    assert file.name == "tips.txt"
    assert "Members write this." not in file.content
    assert "[asking]\nI write on Tuesday mornings.\n" in file.content
    assert "[choosing words]\nOlga wrote this.\n" in file.content
    topics = {"asking": Topic.ASKING, "talking": Topic.TALKING, "preparing": Topic.PREPARING}
    assert PackTip(Topic.TALKING, "I listen first.") in read_pack(file.content, topics)


async def test_a_long_pack_goes_out_in_files_that_each_come_in_at_once(circle):
    texts = [f"{n} {'early in the day ' * 20}".strip() for n in range(12)]
    for n in range(0, 12, 6):
        await bring(circle, " ".join(f"[asking] {text}" for text in texts[n : n + 6]))
    seen = await circle.one("@olga /community pack export")
    files = [part for part in seen.reply.parts if isinstance(part, File)]
    assert [file.name for file in files] == ["tips-1.txt", "tips-2.txt"]
    assert "Bring in one file after the other" in seen.text
    tips = []
    for file in files:
        assert (await bring(circle, file.content.replace("\n", " "))).text.startswith("Nothing changed.")
        tips += read_pack(file.content, TOPICS)
    assert sorted(tip.text for tip in tips) == sorted(texts)


async def test_topics_are_understood_in_french_and_english(circle):
    await bring(circle, "[parler] Je souris. [going on] I go on.")
    assert "Je souris." in (await circle.one("@amina /tip list topic:talking")).text
    assert "I go on." in (await circle.one("@amina /tip list topic:going-on")).text


async def test_members_may_neither_bring_nor_take(circle):
    assert (await bring(circle, who="amina")).error == "not-allowed"
    assert (await circle.one("@amina /community pack export")).error == "not-allowed"


async def test_a_reported_tip_of_a_pack_waits_for_an_organiser(circle):
    await bring(circle)
    await circle.run('@amina /tip report tip:"I listen"')
    assert "I listen first." in (await circle.one("@olga /community tips")).text
    assert "The tip is published." in (await circle.one('@olga press "Publish"')).text


async def test_nothing_in_it_is_said(circle):
    assert (await bring(circle, "[asking]")).error == "bad-value"


@pytest.mark.parametrize(
    ("text", "tips"),
    [
        ("one\ntwo", [("other", "one"), ("other", "two")]),
        ("- one\n- two\n", [("other", "one"), ("other", "two")]),
        ("one\nstill one\n\ntwo", [("other", "one\nstill one"), ("other", "two")]),
        (
            "first\n[asking]\none\n\nstill one\n[talking] two",
            [("other", "first"), ("asking", "one\n\nstill one"), ("talking", "two")],
        ),
        ("[asking] fill in the [brackets] here", [("asking", "fill in the [brackets] here")]),
        (
            "[asking] Put [words] of your own. [other] Rest.",
            [("asking", "Put [words] of your own."), ("other", "Rest.")],
        ),
        ("[asking] i ask [other] i rest", [("asking", "i ask"), ("other", "i rest")]),
        (
            "[asking]\nWrite [talking] on the card\n[other] Rest",
            [("asking", "Write [talking] on the card"), ("other", "Rest")],
        ),
        ('[{"topic": "asking", "text": "I ask."}, {"text": "I rest."}]', [("asking", "I ask."), ("other", "I rest.")]),
        ('["I ask.", "I rest."]', [("other", "I ask."), ("other", "I rest.")]),
        ('{"tips": [{"sujet": "asking", "texte": "Je demande."}]}', [("asking", "Je demande.")]),
        ('{"topic": "talking", "text": "I listen."}', [("talking", "I listen.")]),
        ("[1, null]", []),
        ("", []),
    ],
)
def test_a_pack_is_read_as_people_write_it(text, tips):
    assert read_pack(text, TOPICS) == [PackTip(Topic(topic), words) for topic, words in tips]


plain = st.text(st.characters(codec="utf-8", exclude_characters="[]\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), min_size=1)
# Topics in brackets, too: before a tip, and inside a line of it.
words = st.builds("{}{}x".format, st.sampled_from(["x", "[other] x", "- x", "x [asking] y"]), plain)


@pytest.mark.parametrize("text", ["  [asking] x", "x\n  [asking] y", "x\n[asking] y\n[other] z", "- x\n- y"])
def test_a_line_of_a_tip_that_looks_like_another_tip_stays_in_it(text):
    tips = [PackTip(Topic.ASKING, text), PackTip(Topic.OTHER, "Rest.")]
    assert [tip.topic for tip in read_pack(write_pack(tips, NAMES), TOPICS)] == [Topic.ASKING, Topic.OTHER]


@given(st.lists(st.builds(PackTip, st.sampled_from(Topic), words), min_size=1))
def test_what_is_written_is_read_again(pack):
    assert read_pack(write_pack(pack, NAMES), TOPICS) == pack

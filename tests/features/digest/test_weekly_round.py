"""The weekly round as members and organisers see it: at the console, with the clock moved by hand."""

import pytest

from adapters.console.screen import ScreenEntry
from bot.engine.invocation import TypedLine
from bot.engine.messenger import Refused, Unknown
from tests.support.console import open_console
from tests.support.moody import moody
from tests.support.present import present

ADD = [f'@{who} /lead add name:"{who} x" organisation:"Nordik" why:"x"' for who in ("amina", "omar", "li")]
PLAN = ("@amina /week plan asks:2", '@amina press "Yes, ask me on Sunday"')
DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"'


def to(messages: list[ScreenEntry], where: str) -> list[ScreenEntry]:
    return [message for message in messages if message.to == where]


def times(messages: list[ScreenEntry], zone) -> list[str]:
    return [message.at.astimezone(zone).strftime("%a %d %H:%M") for message in messages]


async def test_sunday_asks_only_members_with_a_plan_who_agreed(circle):
    await circle.run(*PLAN, "@omar /week plan asks:1", "@li /me settings checkins:yes")
    messages = await circle.run("at 2026-03-15T17:00")
    assert [message.to for message in messages] == ["@amina"]
    assert messages[0].visibility == "private"
    assert "Every answer is good. A zero counts too." in messages[0].text


async def test_monday_reminds_once_and_then_there_is_silence(circle):
    await circle.run(*PLAN, *ADD)
    messages = to(await circle.run("at 2026-03-22T16:59"), "@amina")
    assert times(messages, circle.session.zone) == ["Sun 15 17:00", "Mon 16 10:00"]


async def test_who_reported_before_sunday_is_not_asked(circle):
    await circle.run(*PLAN, "@amina /week report asks:0")
    assert to(await circle.run("at 2026-03-22T16:59"), "@amina") == []


async def test_prompts_come_in_the_members_own_zone_and_the_digest_in_the_communitys(circle):
    await circle.run("@amina /start language:en zone:Vancouver", *PLAN, *ADD)
    messages = await circle.run("at 2026-03-16T23:00")
    assert times(to(messages, "@amina"), circle.session.zone) == ["Sun 15 20:00", "Mon 16 13:00"]
    assert times(to(messages, "#digest"), circle.session.zone) == ["Mon 16 12:30"]


async def test_a_member_far_to_the_west_is_asked_about_the_week_they_planned(tmp_path):
    async with open_console(tmp_path, zone="Pacific/Auckland") as circle:
        await circle.run("@amina /start language:en zone:Honolulu", *PLAN)
        (question,) = to(await circle.run("at 2026-03-16T16:00"), "@amina")
        assert "You planned 2 asks." in question.text


async def test_the_digest_is_of_a_frozen_week_and_what_is_late_does_not_rank_again(circle):
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} /board join as:name")
    await circle.run(*ADD, "at 2026-03-16T12:29", "@amina /lead add name:Y organisation:Nordik why:x when:yesterday")
    (digest,) = to(await circle.run("at 2026-03-16T12:30"), "#digest")
    assert "1. Amina: 2\n2. Li: 1\n2. Omar: 1" in digest.text
    (late,) = await circle.run('@li /lead add name:Z organisation:Nordik why:x when:"2026-03-13"')
    assert "This came late for the week of 9 March 2026. Thank you." in late.text
    await circle.run('@li /lead add name:Q organisation:Nordik why:x when:"2026-03-13"')
    board = await circle.one("@li /board show")
    assert "1. Amina: 2 leads\n2. Li: 1 lead\n2. Omar: 1 lead" in board.text
    await circle.run(*(line.replace(' x"', ' n"') for line in ADD))
    (following,) = to(await circle.run("at 2026-03-23T12:30"), "#digest")
    assert "Together: 3 leads, 0 asks, 0 meetings. The week before: 4 leads, 0 asks and 0 meetings." in following.text


async def test_the_digest_names_only_who_agreed(circle):
    await circle.run(*ADD, "@amina /ask sent amina", "@amina /board join as:name")
    (digest,) = to(await circle.run("at 2026-03-16T12:30"), "#digest")
    assert "First ask ever: Amina. Well done." in digest.text
    assert "Most leads" not in digest.text
    for word in ("Omar", "Li", "Nordik", " x"):
        assert word not in digest.text
    assert digest.image is not None
    assert digest.visibility == "shared"


async def test_who_leaves_before_the_digest_is_not_in_it(circle):
    for who in ("amina", "omar", "li", "noor"):
        await circle.run(
            f"@{who} /board join as:name", f'@{who} /lead add name:"A {who}" organisation:"Nordik" why:"x"'
        )
    await circle.run("@omar /board leave")
    (digest,) = to(await circle.run("at 2026-03-16T12:30"), "#digest")
    assert "1. Amina: 1\n1. Li: 1\n1. Noor: 1" in digest.text
    assert "Omar" not in digest.text
    assert [place.name for place in present(digest.image).chart.places] == ["Amina", "Li", "Noor"]


async def test_personal_bests_are_named_in_the_order_of_the_alphabet(circle):
    for week, number in enumerate((1, 1, 2)):
        await circle.run(f"at 2026-03-{10 + 7 * week}T09:00")
        await circle.run("@omar /board join as:name", "@amina /board join as:name", "@li /board leave")
        for who in ("omar", "amina", "li"):
            for n in range(number):
                await circle.run(f'@{who} /lead add name:"{who} {"ab"[n]}{"cde"[week]}" organisation:"N" why:"x"')
    (*_, digest) = to(await circle.run("at 2026-03-30T12:30"), "#digest")
    assert "Personal best: Amina and Omar." in digest.text


async def test_promises_are_counted_without_naming_and_a_pause_counts_neither_way(circle):
    await circle.run(*ADD)
    for who in ("amina", "omar", "li", "noor", "sam", "zoe", "sofia"):
        await circle.run(f"@{who} /week plan asks:1")
    await circle.run("@amina /week report asks:0", "@sofia /week report asks:1", "@noor /me pause", "@sofia /me pause")
    (digest,) = to(await circle.run("at 2026-03-16T12:30"), "#digest")
    assert "Promises with a report: 1 of 5. A zero counts too." in digest.text


async def test_the_same_tip_does_not_come_again_within_eight_weeks(circle):
    messages = await circle.run("at 2026-05-18T13:00")
    tips = [message.text.split("Tip: ")[1] if "Tip: " in message.text else None for message in to(messages, "#digest")]
    assert len(tips) == 10
    assert None not in tips
    assert len(set(tips[:9])) == 9
    assert len(set(tips[1:])) == 9


async def test_a_tip_comes_with_its_evidence(circle):
    await circle.run(
        '@amina /tip tried tip:"Ask for a short" worked:yes', '@li /tip tried tip:"Ask for a short" worked:no'
    )
    for who in ("omar", "noor", "sam"):
        await circle.run(f'@{who} /tip tried tip:"Ask for a short" worked:yes')
    (digest,) = to(await circle.run("at 2026-03-16T13:00"), "#digest")
    assert "Tip: Ask for a short chat" in digest.text
    assert "Tried by 5, worked for 4." in digest.text


async def test_followups_are_one_message_a_day(circle):
    await circle.run(DANA, *ADD[:1], "@amina /ask sent dana", '@amina /ask sent "amina x"')
    messages = to(await circle.run("at 2026-03-20T00:00"), "@amina")
    assert times(messages, circle.session.zone) == ["Mon 16 09:00"]
    assert "2 things for today" in messages[0].text
    assert messages[0].text.count("no answer yet, so send one more short message") == 2
    assert [label for label, _ in messages[0].buttons] == ["Done", "Remind me later", "Stop reminders"] * 2


async def test_many_followups_show_five_and_count_the_rest(circle):
    for letter in "ABCDEFG":
        await circle.run(f'@amina /lead add name:"{letter}" organisation:"N" why:"x"', f'@amina /ask sent "{letter}"')
    (message,) = to(await circle.run("at 2026-03-16T09:00"), "@amina")
    assert "7 things for today" in message.text
    assert len(message.buttons) == 16
    assert "7 things for today" in (await circle.one('@amina press "See the others"')).text


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ((), "Dana R. did not answer. You did what you could. A new name is a good next step."),
        (
            ('@amina /lead add name:"Priya" organisation:"N" why:"x"',),
            "Dana R. did not answer. You did what you could. Your next name: Priya.",
        ),
        (
            (
                '@amina /lead add name:"Daniel" organisation:"N" why:"x"',
                "@amina /ask sent daniel",
                '@amina /lead add name:"Priya" organisation:"N" why:"x" source:daniel',
            ),
            "Dana R. did not answer. You did what you could. Your next name: Priya, from Daniel.",
        ),
    ],
)
async def test_after_three_tries_without_an_answer_a_person_is_let_go_kindly(circle, others, sentence):
    await circle.run(DANA, "@amina /ask sent dana", "at 2026-03-09T09:02", "@amina /ask sent dana")
    await circle.run("at 2026-03-09T09:04", "@amina /ask sent dana", *others)
    (letter,) = to(await circle.run("at 2026-03-16T09:00"), "@amina")
    assert sentence in letter.text
    assert "Stage: closed" in (await circle.one("@amina /lead show dana")).text


async def test_reminders_can_be_off(circle):
    await circle.run(DANA, "@amina /ask sent dana", "@amina /me settings reminders:no")
    assert to(await circle.run("at 2026-03-20T00:00"), "@amina") == []


async def test_a_bot_that_was_down_posts_when_back_within_forty_eight_hours(circle):
    await circle.run(*PLAN, *ADD, DANA, "@amina /ask sent dana")
    messages = await circle.run("restart 2026-03-18T12:29")
    assert [message.to for message in messages] == ["#digest", "@amina"]
    assert "The week of 9 March 2026" in messages[0].text
    assert "1 thing for today" in messages[1].text


async def test_a_bot_that_was_down_for_longer_skips_and_tells_the_organiser(circle):
    messages = await circle.run(*ADD, "restart 2026-03-18T12:30")
    assert to(messages, "#digest") == []
    (told,) = to(messages, "@organiser")
    assert "The digest was not posted" in told.text
    assert "It was the digest of the week of 9 March 2026." in told.text
    assert "I was away for more than two days." in told.text
    (digest,) = to(await circle.run('@organiser press "Post it now"'), "#digest")
    assert "The week of 9 March 2026" in digest.text
    assert len(to(await circle.run("at 2026-03-23T13:00"), "#digest")) == 1


async def test_weeks_without_the_bot_are_not_made_up(circle):
    messages = await circle.run(*ADD, "restart 2026-04-16T09:00")
    assert to(messages, "#digest") == []
    assert len(to(messages, "@organiser")) == 5
    assert times(to(await circle.run("at 2026-04-30T09:00"), "#digest"), circle.session.zone) == [
        "Mon 20 12:30",
        "Mon 27 12:30",
    ]


async def test_a_sunday_question_that_is_too_late_is_left_out(circle):
    await circle.run(*PLAN)
    messages = to(await circle.run("restart 2026-03-16T09:30"), "@amina")
    assert messages == []
    assert times(to(await circle.run("at 2026-03-16T12:00"), "@amina"), circle.session.zone) == ["Mon 16 10:00"]


async def test_a_reminder_comes_after_the_digest_too_because_a_promise_can_still_be_kept(circle):
    await circle.run(*PLAN)
    await circle.run("@organiser /community settings hour:9:00")
    messages = to(await circle.run("at 2026-03-16T12:00"), "@amina")
    assert times(messages, circle.session.zone) == ["Sun 15 17:00", "Mon 16 10:00"]
    seen = await circle.one('@amina press "None yet"')
    assert "Thank you for telling me. Your promise is kept." in seen.text
    assert "This came late for the week of 9 March 2026. Thank you." in seen.text


@pytest.mark.parametrize("moment", ["2026-03-15T17:00", "2026-03-16T10:00", "2026-03-16T12:30", "2026-03-16T09:00"])
async def test_a_restart_at_any_time_posts_nothing_twice(circle, moment):
    await circle.run(*PLAN, *ADD, DANA, "@amina /ask sent dana", f"at {moment}")
    assert await circle.run("restart", f"at {moment}", "restart", "restart") == []
    await circle.run("at 2026-03-16T13:00")
    messages = [message for message in circle.session.screen.seen if not message.command]
    assert sorted(message.to for message in messages) == ["#digest", "@amina", "@amina"]


async def test_two_communities_in_two_zones_get_one_digest_each(tmp_path):
    places = {"tokyo": "Asia/Tokyo", "toronto": "America/Toronto"}
    for name, zone in places.items():
        folder = tmp_path / name
        folder.mkdir()
        async with open_console(folder, zone=zone) as circle:
            await circle.run(*ADD)
            messages = to(await circle.run("at 2026-03-16T13:00"), "#digest")
            assert times(messages, circle.session.zone) == ["Mon 16 12:30"]


async def test_the_hour_that_comes_twice_in_autumn_brings_one_digest(circle):
    await circle.run("@organiser /community settings hour:01:30", *ADD, "at 2026-10-26T12:00")
    messages = to(await circle.run("at 2026-11-03T00:00"), "#digest")
    assert times(messages, circle.session.zone) == ["Mon 02 01:30"]


async def test_a_week_that_has_its_digest_gets_no_second_hour(circle):
    await circle.run("@organiser /community settings day:sunday", "at 2026-03-14T10:00")
    for day in ("tuesday", "sunday"):
        await circle.answer(TypedLine(f"/community settings day:{day}"), who="organiser", organiser=True)
    posted = await circle.run("at 2026-03-14T10:05")
    assert [seen.to for seen in posted] == ["#digest"], "its hour on Tuesday is over, so it comes at once"
    board = await circle.one("@amina /board show")
    assert "New figures come on Sunday 22 March 2026 at 12:30 PM" in board.text
    posted = await circle.run("at 2026-03-22T12:31")
    assert [seen.at.day for seen in posted if seen.to == "#digest"] == [22]


async def test_a_channel_that_refuses_is_told_to_the_organiser_once(circle):
    moody(circle).channel = Refused("channel-gone")
    messages = await circle.run(*ADD, "at 2026-03-16T18:00", "restart", "at 2026-03-17T18:00")
    (told,) = to(messages, "@organiser")
    assert "The digest channel is not there any more." in told.text
    assert "To change the channel, type /community setup in the community." in told.text
    assert [label for label, _ in told.buttons] == ["Post it now"]


async def test_a_refusal_nobody_knows_is_told_in_plain_words(circle):
    moody(circle).channel = Refused("code-50035")
    (told,) = to(await circle.run(*ADD, "at 2026-03-16T18:00"), "@organiser")
    assert "The platform did not take the post." in told.text


@pytest.mark.parametrize("lost", [Unknown("post"), TimeoutError("lost")])
async def test_a_post_whose_answer_was_lost_is_looked_for_and_not_sent_again(circle, lost):
    mood = moody(circle)
    mood.channel, mood.arrives = lost, True
    messages = await circle.run(*ADD, "at 2026-03-16T13:00")
    assert len(to(messages, "#digest")) == 1
    assert to(messages, "@organiser") == []
    assert len([post for post in mood.tried if post.community and hasattr(post, "channel")]) == 1


async def test_a_post_that_surely_never_came_is_sent_again_with_the_same_words(circle):
    mood = moody(circle)
    mood.channel = TimeoutError("lost")
    await circle.run(*ADD, "at 2026-03-16T12:30")
    mood.channel = None
    await circle.run('@amina /lead add name:"New" organisation:"N" why:"x" when:yesterday')
    (digest,) = to(await circle.run("at 2026-03-16T13:00"), "#digest")
    assert "Together: 3 leads" in digest.text


@pytest.mark.parametrize("finds", [Unknown("post"), ConnectionError("down")])
async def test_a_private_message_that_may_have_come_waits_in_the_inbox_too(circle, finds):
    mood = moody(circle)
    mood.member, mood.finds = TimeoutError("lost"), finds
    assert to(await circle.run(*PLAN, "at 2026-03-15T17:10"), "@amina")[2:] == []
    assert "You have 1 message." in (await circle.one("@amina /lead list")).text
    assert "How was your week?" in (await circle.one("@amina /me inbox")).text


async def test_a_private_message_that_surely_never_came_is_sent_again(circle):
    mood = moody(circle)
    mood.member = TimeoutError("lost")
    await circle.run(*PLAN, "at 2026-03-15T17:00")
    mood.member = None
    assert len(to(await circle.run("at 2026-03-15T17:10"), "@amina")) == 1
    assert "message" not in (await circle.one("@amina /lead list")).text


async def test_a_private_message_that_came_is_not_sent_again(circle):
    mood = moody(circle)
    mood.member, mood.arrives = TimeoutError("lost"), True
    assert len(to(await circle.run(*PLAN, "at 2026-03-15T17:10"), "@amina")) == 3
    assert "message" not in (await circle.one("@amina /lead list")).text


async def test_no_channel_is_said_and_the_digest_comes_when_there_is_one(circle):
    await circle.run(*ADD)
    await circle.session.circle.db.write(lambda tx: tx.exec_driver_sql("update communities set digest_channel = null"))
    seen = await circle.one("@organiser /community digest now")
    assert seen.error == "not-now"
    assert "Set it with /community setup." in seen.text
    (told,) = await circle.run("at 2026-03-16T13:00")
    assert "No digest channel is set." in told.text
    await circle.run("@organiser /community setup channel:#new zone:Toronto language:en")
    messages = await circle.run("@organiser /community digest now")
    assert [message.to for message in messages] == ["@organiser", "#new"]

"""/community: for organisers only; they see totals, never a member's people."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.domain.outreach.roles import ROLES
from bot.engine.invocation import CalledCommand, Invocation, Lack, Place, Sender
from bot.engine.messenger import Refused, Unknown
from bot.ui.plain import all_buttons
from bot.ui.text import t
from bot.ui.voice import say
from tests.support.console import said
from tests.support.moody import moody

ADD = [f'@{who} /lead add name:"{who} x" organisation:"Nordik" why:"x"' for who in ("amina", "omar", "li")]
TORONTO = ZoneInfo("America/Toronto")
COMMANDS = ("setup", "settings", "digest preview", "digest now", "tips")


@pytest.fixture(autouse=True)
async def organiser(circle):
    await circle.run("@omar as organiser")


def posts(messages, channel="#digest"):
    return [message for message in messages if message.to == channel]


@pytest.mark.parametrize("command", COMMANDS)
async def test_only_organisers_may_use_it(circle, command):
    seen = await circle.one(f"@amina /community {command}")
    assert seen.error == "not-allowed"
    assert "Only an organiser of this community can do that." in seen.text
    assert "Ask an organiser to do it for you." in seen.text


async def test_who_stops_being_an_organiser_may_not_go_on(circle):
    await circle.run("@amina /tip share text:x", "@omar /community tips", "@omar as member")
    assert (await circle.one('@omar press "Publish"')).error == "not-allowed"


async def test_the_setup_form_shows_what_is_set(circle):
    seen = await circle.one("@omar /community setup")
    assert {field.name: field.value for field in seen.form.fields} == {
        "channel": "digest",
        "zone": "America/Toronto",
        "language": "en",
        "second_language": "",
        "digest_at": "12:30",
    }
    seen = await circle.one("@omar fill channel:#circle second_language:fr digest_at:9h00")
    assert "Digest channel: #circle\nTime zone: Toronto time" in seen.text
    assert "Second language: français" in seen.text
    assert "The next digest is on Monday 16 March 2026 at 9:00 AM, Toronto time." in seen.text
    assert "Tell members to type /start." in seen.text
    assert "Nothing was posted." in (await circle.one('@omar press "See how the digest looks"')).text
    assert [message.to for message in posts(await circle.run("at 2026-03-16T09:00"), "#circle")] == ["#circle"]


async def test_a_second_language_that_is_the_first_is_left_out(circle):
    seen = await circle.one("@omar /community setup channel:#digest zone:Toronto language:en second_language:en")
    assert "Second language: none" in seen.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ('channel:"not a channel!" zone:Toronto language:en', "is not a channel."),
        ("channel:#digest zone:qqqqq language:en", "I do not know the time zone qqqqq."),
        ("channel:#digest zone:Toronto language:qq", "I do not speak qq yet."),
        ("channel:#digest zone:Toronto language:en digest_at:25:00", "25:00 is not a time."),
    ],
)
async def test_a_setup_that_is_not_understood_is_said(circle, values, sentence):
    seen = await circle.one(f"@omar /community setup {values}")
    assert seen.error == "bad-value"
    assert sentence in seen.text


async def test_settings_are_seen_and_changed(circle):
    seen = await circle.one("@omar /community settings")
    assert seen.form is None
    for label, name, stood, typed in (
        ("Digest day", "day", "monday", "wednesday"),
        ("Digest hour", "hour", "12:30", "8:15"),
        ("Sunday question", "checkin", "17:00", "16:00"),
        ("Monday reminder", "reminder", "10:00", "11:00"),
        ("Morning message", "morning", "09:00", "07:30"),
        ("Sheet before a meeting", "evening", "18:00", "19:30"),
        ("Leads counted for the board", "cap", "10", "5"),
        ("Jobs whose people know the special term", "roles", ", ".join(ROLES), "recruiter"),
    ):
        form = (await circle.one(f'@omar press "{label}"')).form
        assert {field.name: field.value for field in form.fields} == {name: stood}
        seen = await circle.one(f'@omar fill {name}:"{typed}"')
    seen = await circle.one('@omar press "Publish tips at once"')
    assert "Digest day: Wednesday\nDigest hour: 8:15 AM\nSunday question: 4:00 PM" in seen.text
    assert "Morning message: 7:30 AM\nSheet before a meeting: 7:30 PM" in seen.text
    assert "Leads counted for the board, at most: 5\nAn organiser reads tips first: no" in seen.text
    form = (await circle.one('@omar press "Channel, time zone, languages"')).form
    assert [field.name for field in form.fields] == ["channel", "zone", "language", "second_language", "digest_at"]
    first, second = await circle.run("at 2026-03-18T08:15")
    assert (first.at.day, second.at.day) == (11, 18), "the hour that is still to come this week is the next one"
    assert "The week of 2 March 2026" in first.text
    assert "The week of 9 March 2026" in second.text


@pytest.mark.parametrize("day", ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
async def test_the_digest_may_come_on_any_day_and_once_a_week(circle, day):
    await circle.run(f"@omar /community settings day:{day} hour:14:30")
    digests = await circle.run("at 2026-03-22T23:59")
    assert [message.to for message in digests] == ["#digest", "#digest"]
    assert {f"{message.at.astimezone(TORONTO):%A %H:%M}".lower() for message in digests} == {f"{day} 14:30"}
    assert digests[1].at - digests[0].at == timedelta(days=7)


async def test_a_digest_of_this_week_that_is_posted_is_not_posted_again_on_another_day(circle):
    assert [message.to for message in await circle.run("at 2026-03-17T10:00")] == ["#digest"]
    seen = await circle.one("@omar /community settings day:friday")
    assert "The next digest is on Friday 27 March 2026" in seen.text
    assert await circle.run("at 2026-03-27T12:00") == []
    assert [message.to for message in await circle.run("at 2026-03-27T12:30")] == ["#digest"]


async def test_another_setting_does_not_move_the_first_digest(circle):
    assert "Monday 16 March 2026" in (await circle.one("@omar /community settings cap:5")).text


async def test_the_hour_of_the_evening_message_is_a_setting(circle):
    await circle.run('@amina /lead add name:Dana organisation:Nordik why:"rivers"')
    await circle.run('@amina /meeting plan lead:dana when:"tomorrow 10:00"')
    seen = await circle.one("@omar /community settings evening:19:45")
    assert "Sheet before a meeting: 7:45 PM" in seen.text
    (sheet,) = await circle.run("at 2026-03-09T23:00")
    assert (sheet.to, f"{sheet.at.astimezone(TORONTO):%H:%M}") == ("@amina", "19:45")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("day:someday", "Please choose one of these: Monday"),
        ("hour:late", "late is not a time."),
        ("cap:0", "please give a whole number from 1 to 50"),
        ("review:perhaps", "please answer yes or no"),
    ],
)
async def test_settings_that_are_not_understood_are_said(circle, values, sentence):
    seen = await circle.one(f"@omar /community settings {values}")
    assert seen.error == "bad-value"
    assert sentence in seen.text


async def test_settings_in_the_first_hour_bring_no_digest_of_a_week_before_the_setup(circle):
    seen = await circle.one("@omar /community settings cap:5")
    assert "The next digest is on Monday 16 March 2026" in seen.text
    assert await circle.run("at 2026-03-15T23:00") == []


async def test_the_hours_of_private_messages_are_settings_too(circle):
    await circle.run("@amina /week plan asks:1", '@amina press "Yes, ask me on Sunday"', *ADD, "@amina /ask sent amina")
    seen = await circle.one("@omar /community settings checkin:18:00 reminder:9:00 morning:7:30")
    assert "Sunday question: 6:00 PM\nMonday reminder: 9:00 AM\nMorning message: 7:30 AM" in seen.text
    letters = [letter for letter in await circle.run("at 2026-03-16T11:00") if letter.to == "@amina"]
    assert [letter.at.strftime("%a %H:%M") for letter in letters] == ["Sun 22:00", "Mon 13:00"]


async def test_a_day_that_moves_earlier_in_the_week_loses_no_digest(circle):
    await circle.run("@omar /community settings day:friday", *ADD, "at 2026-03-18T10:00")
    seen = await circle.run("@omar /community settings day:monday")
    assert "The next digest is on Wednesday 18 March 2026 at 10:00 AM" in seen[0].text
    (digest,) = posts(seen)
    assert "The week of 9 March 2026" in digest.text
    assert [message.at.day for message in posts(await circle.run("at 2026-03-31T00:00"))] == [23, 30]


async def test_another_zone_moves_the_digest_and_doubles_nothing(circle):
    await circle.run(*ADD, "at 2026-03-16T12:31")
    seen = await circle.run("@omar /community setup channel:#digest zone:Vancouver language:en")
    assert "The next digest is on Monday 23 March 2026 at 12:30 PM, Vancouver time." in seen[0].text
    assert posts(seen) == []
    assert [message.at.strftime("%d %H:%M") for message in posts(await circle.run("at 2026-03-24T00:00"))] == [
        "23 19:30"
    ]


async def test_the_preview_is_private_and_posts_nothing(circle):
    await circle.run(*ADD)
    seen = await circle.one("@omar /community digest preview")
    assert seen.visibility == "private"
    assert seen.text.startswith("Only you see this. Nothing was posted.")
    assert "This is an example. Its names and numbers are made up." in seen.text
    assert "amina x" not in seen.text
    assert seen.image is not None
    assert posts(await circle.run("at 2026-03-16T12:29")) == []
    (digest,) = posts(await circle.run("at 2026-03-16T12:31"))
    seen = await circle.one("@omar /community digest preview")
    assert "These are the figures of the week of 9 March 2026, with the settings of today." in seen.text
    assert seen.text.endswith(digest.text)


@pytest.mark.parametrize(("first", "second"), [("en", "fr"), ("fr", "en")])
async def test_the_example_is_whole_in_each_language_of_the_digest(circle, first, second):
    setup = f"/community setup channel:#digest zone:Toronto language:{first} second_language:{second}"
    await circle.run(f"@omar {setup}")
    text = (await circle.one("@omar /community digest preview")).text
    for words in ("I had my first talk", "J’ai eu ma première rencontre"):
        assert text.count(words) == 1


async def test_the_preview_shows_the_posted_week_with_the_settings_of_today(circle):
    await circle.run(*ADD, "at 2026-03-16T13:00", '@amina /lead add name:"B" organisation:"N" why:"x"')
    await circle.run("@omar /community setup channel:#digest zone:Toronto language:en second_language:fr")
    seen = await circle.one("@omar /community digest preview")
    assert "Together: 3 leads" in seen.text
    assert "Ensemble : 3 personnes" in seen.text


async def test_a_digest_in_two_languages_has_buttons_and_a_picture_in_both(circle):
    await circle.run("@omar /community setup channel:#digest zone:Toronto language:en second_language:fr", *ADD)
    (digest,) = posts(await circle.run("at 2026-03-16T13:00"))
    assert [label for label, _ in digest.buttons] == [
        "Add a person / Ajouter une personne",
        "Plan my week / Prévoir ma semaine",
        "Read a tip / Lire un conseil",
    ]
    alt = say(digest.image.alt, "en")
    assert "Last week: 3 leads, 0 asks, 0 meetings." in alt
    assert "3 personnes, 0 demande et 0 rencontre." in alt


async def test_digest_now_says_at_once_what_it_may_not_do(circle):
    async def look(channels: Collection[str]) -> Mapping[str, Lack]:
        return dict.fromkeys(channels, Lack(t("I need: Send Messages."), t("Please allow it."), stops=True))

    asked = Invocation(
        "d1",
        Place(PLATFORM, COMMUNITY, "Newcomers", look),
        Sender("omar", "Omar", organiser=True),
        CalledCommand("community digest now", {}),
    )
    await circle.run(*ADD, "at 2026-03-16T09:00")
    answer = await circle.session.circle.dispatcher.answer(asked)
    assert answer.reply.error == "not-now"
    assert "The digest of the week of 9 March 2026 cannot come yet. I need: Send Messages." in said(answer)
    assert [say(button.label, "en") for button in all_buttons(answer.reply)] == ["Post it now"]
    assert posts(await circle.run("at 2026-03-16T12:29")) == []


async def test_digest_now_is_the_digest_of_the_week_and_there_is_no_second(circle):
    await circle.run(*ADD, "at 2026-03-16T09:00")
    seen = await circle.run("@omar /community digest now")
    assert "The digest of the week of 9 March 2026 comes to the channel in a minute." in seen[0].text
    assert "There is one digest a week. The next one comes by itself." in seen[0].text
    (digest,) = posts(seen)
    assert "The week of 9 March 2026" in digest.text
    again = await circle.one("@omar /community digest now")
    assert again.error == "not-now"
    assert "The digest of the week of 9 March 2026 is posted already." in again.text
    assert "Monday 23 March 2026" in (await circle.one("@omar /community settings cap:9")).text
    assert [message.at.day for message in posts(await circle.run("at 2026-03-24T00:00"))] == [23]


async def test_digest_now_after_a_refusal_posts_the_same_week(circle):
    mood = moody(circle)
    mood.channel = Refused("no-permission")
    (told,) = [message for message in await circle.run(*ADD, "at 2026-03-16T13:00") if message.to == "@organiser"]
    assert "The digest was not posted" in told.text
    assert "I may not write in the digest channel." in told.text
    mood.channel = None
    pressed = await circle.run('@organiser press "Post it now"')
    (digest,) = posts(pressed)
    assert "The week of 9 March 2026" in digest.text
    (again,) = await circle.run('@organiser press "Post it now"')
    assert again.text == pressed[0].text


async def test_a_digest_on_its_way_is_not_started_again(circle):
    mood = moody(circle)
    mood.channel = Unknown("post")
    await circle.run(*ADD, "at 2026-03-16T12:30")
    seen = await circle.one("@omar /community digest now")
    assert seen.error == "not-now"
    assert "The digest of the week of 9 March 2026 comes soon." in seen.text


async def test_when_nobody_knows_the_organiser_says_it_is_there(circle):
    mood = moody(circle)
    mood.channel = mood.finds = Unknown("post")
    messages = await circle.run(*ADD, "at 2026-03-16T12:40")
    (question,) = [message for message in messages if message.to == "@organiser"]
    assert "Is the digest in the channel?" in question.text
    assert [label for label, _ in question.buttons] == ["It is there", "Post it"]
    seen = await circle.one("@omar /community digest now")
    assert "I do not know if the digest is in the channel." in seen.text
    mood.channel = mood.finds = None
    assert "I noted that the digest is posted." in (await circle.one('@organiser press "It is there"')).text
    assert (await circle.one('@omar press "It is there"')).error == "not-now"
    assert posts(await circle.run("at 2026-03-22T12:40")) == []


async def test_when_nobody_knows_the_organiser_lets_it_be_posted_once(circle):
    mood = moody(circle)
    mood.channel = mood.finds = Unknown("post")
    await circle.run(*ADD, "at 2026-03-16T12:40")
    mood.channel = mood.finds = None
    seen = await circle.run('@organiser press "Post it"')
    assert "The digest of the week of 9 March 2026 comes in a minute." in seen[0].text
    assert len(posts(seen)) == 1
    assert posts(await circle.run("@omar /community digest now", "at 2026-03-22T12:40")) == []


async def test_no_tip_waits_says_where_tips_come_from(circle):
    seen = await circle.one("@omar /community tips")
    assert "No tip waits for you." in seen.text
    assert "Members share tips with /tip share." in seen.text


async def test_an_organiser_sees_nothing_of_a_members_list(circle):
    await circle.run(*ADD)
    for command in ("digest preview", "settings", "tips"):
        assert "amina x" not in (await circle.one(f"@omar /community {command}")).text
    assert (await circle.one('@omar /lead show "amina x"')).error == "not-found"

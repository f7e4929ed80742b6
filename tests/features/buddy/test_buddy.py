"""Buddies walk the week together: by their own wish, matched by rule, and told nothing more than they need."""

import pytest

from tests.support.console import Console

MONDAYS = ["2026-03-16", "2026-03-23", "2026-03-30"]


async def told(circle: Console, line: str) -> dict[str, str]:
    """What each member was told privately because of a line."""
    seen = [message for message in await circle.run(line) if message.to.startswith("@")]
    return {message.to: "\n".join(e.text for e in seen if e.to == message.to) for message in seen}


async def busy(circle: Console, *who: str) -> None:
    """Some members note something, so that their week is not silent."""
    for member in who:
        await circle.run(f"@{member} /week plan asks:1")


@pytest.fixture
async def pair(circle: Console) -> Console:
    """Amina and Omar are buddies from Monday 16 March on."""
    await circle.run("@amina /buddy join field:health", "@omar /buddy join field:health", "at 2026-03-16T09:00")
    return circle


async def test_joining_says_what_a_buddy_sees_and_when(circle: Console) -> None:
    seen = await circle.one("@amina /buddy join field:health")
    assert "I tell you on Monday 16 March 2026, in the morning." in seen.text
    assert "Your buddy sees your name Amina and your weekly number." in seen.text
    seen = await circle.one("@amina /buddy show")
    assert "I look for one every Monday morning." in seen.text


async def test_on_monday_both_are_told(circle: Console) -> None:
    await circle.run("@amina /buddy join field:health", "@omar /buddy join field:food")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "Your buddy is Omar." in heard["@amina"]
    assert "Your buddy is Amina." in heard["@omar"]


async def test_three_become_a_trio(circle: Console) -> None:
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} /buddy join field:health")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "Your buddies are Amina and Omar." in heard["@li"]


async def test_who_finds_nobody_is_told(circle: Console) -> None:
    await circle.run("@amina /buddy join field:health")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "I found no buddy for you this week. I look again next Monday." in heard["@amina"]
    heard = await told(circle, "at 2026-03-23T09:00")
    assert "I found no buddy for you this week." in heard["@amina"]


async def test_another_language_does_not_fit(circle: Console) -> None:
    await circle.run('@sofia /start language:fr zone:"Toronto" number:1 board:hidden')
    await circle.run("@amina /buddy join field:health", "@sofia /buddy join field:health")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "I found no buddy" in heard["@amina"]
    assert "Amina" not in heard["@sofia"]


async def test_a_nickname_is_what_the_buddy_sees(circle: Console) -> None:
    await circle.run('@amina /board join nickname:"Maple"')
    await circle.run("@amina /buddy join field:health", "@omar /buddy join field:health")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "Maple" in heard["@omar"]
    assert "Amina" not in heard["@omar"]


async def test_in_the_middle_of_the_week_both_see_both_promises(pair: Console) -> None:
    await pair.run("@amina /week plan asks:2", "@omar /week plan asks:3")
    heard = await told(pair, "at 2026-03-18T13:00")
    assert "You: 2 asks\nOmar: 3 asks" in heard["@amina"]
    assert "You: 3 asks\nAmina: 2 asks" in heard["@omar"]


async def test_who_made_no_promise_is_not_called_out(pair: Console) -> None:
    await pair.run("@omar /week plan asks:3")
    heard = await told(pair, "at 2026-03-18T13:00")
    assert "Amina:" not in heard["@omar"]
    assert "You: no number yet" in heard["@amina"]


async def test_a_buddy_sees_no_people_no_streak_and_no_report(pair: Console) -> None:
    await pair.run(
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"good work"',
        '@amina /week plan asks:2 sentence:"I write to Dana."',
        "@amina /week report asks:0",
    )
    seen = await pair.one("@omar /buddy show")
    assert "Amina: 2 asks" in seen.text
    assert not any(word in seen.text for word in ("Dana", "Nordik", "write", "0"))


async def test_a_cheer_reaches_the_buddy_once_a_day(pair: Console) -> None:
    heard = await told(pair, "@amina /buddy cheer cheer:you-can")
    assert heard["@omar"] == "Amina sends you a cheer: You can do this."
    again = await pair.one("@amina /buddy cheer cheer:rest")
    assert again.error == "not-now"
    assert (await pair.one('@omar press "Send a cheer too"')).form is not None
    heard = await told(pair, "@omar fill cheer:with-you")
    assert "Omar sends you a cheer" in heard["@amina"]


async def test_only_canned_words_can_be_sent(pair: Console) -> None:
    assert (await pair.one('@amina /buddy cheer cheer:"you are lazy"')).error == "bad-value"


async def test_leaving_says_to_the_other_only_that_the_buddy_changed(pair: Console) -> None:
    assert "@omar" not in await told(pair, "@amina /buddy leave")
    heard = await told(pair, "at 2026-03-17T09:00")
    assert heard["@omar"] == "Your buddy changed.\n\nYou get a new buddy on Monday."
    assert (await pair.one("@amina /buddy leave")).error == "not-now"
    await busy(pair, "omar")
    heard = await told(pair, "at 2026-03-23T09:00")
    assert "I found no buddy for you this week" in heard["@omar"]
    assert "@amina" not in heard


async def test_two_of_a_trio_go_on_when_one_leaves(circle: Console) -> None:
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} /buddy join field:health")
    await circle.run("at 2026-03-16T09:00")
    await circle.run("@li /buddy leave")
    heard = await told(circle, "at 2026-03-17T09:00")
    assert heard["@omar"].startswith("Your buddy changed.")
    assert "Your week with Amina" in (await circle.one('@omar press "See my buddy"')).text


async def test_after_a_silent_week_the_other_gets_a_new_buddy(pair: Console) -> None:
    await pair.run("@li /buddy join field:food")
    await busy(pair, "amina", "li")
    await pair.run("at 2026-03-22T20:00")
    heard = await told(pair, "at 2026-03-23T09:00")
    assert "Your buddy changed." in heard["@amina"]
    assert "Your buddy is Li." in heard["@amina"]
    assert "That is fine." in heard["@omar"]
    assert "Omar" not in heard["@amina"] + heard["@li"]


async def test_whoever_cheers_is_not_silent(pair: Console) -> None:
    await pair.run("@amina /buddy cheer cheer:rest", "@omar /buddy cheer cheer:rest")
    heard = await told(pair, "at 2026-03-23T09:00")
    assert not any("buddy" in text.lower() for text in heard.values())
    assert "Your week with Omar" in (await pair.one("@amina /buddy show")).text


async def test_a_pause_is_no_silence_and_the_other_is_matched_again(pair: Console) -> None:
    await pair.run("@li /buddy join field:food", "@omar /me pause weeks:2")
    await busy(pair, "amina", "li")
    heard = await told(pair, "at 2026-03-23T09:00")
    assert "Your buddy is Li." in heard["@amina"]
    assert "when you are back" in heard["@omar"]
    await busy(pair, "amina", "li")
    heard = await told(pair, "at 2026-03-30T09:00")
    assert "I found no buddy for you this week" in heard["@omar"]


async def test_the_same_two_are_not_matched_again_within_twelve_weeks(pair: Console) -> None:
    await pair.run("@amina /buddy leave", "@amina /buddy join field:health")
    for monday in MONDAYS[1:]:
        await busy(pair, "amina", "omar")
        heard = await told(pair, f"at {monday}T09:00")
        assert "I found no buddy for you this week" in heard["@amina"]
    await pair.run("at 2026-06-01T09:00")
    assert "You have no buddy yet" in (await pair.one("@amina /buddy show")).text
    await pair.run("at 2026-06-08T09:00")
    assert "Your week with Omar" in (await pair.one("@amina /buddy show")).text


async def test_a_bot_that_was_away_takes_nobody_for_silent(pair: Console) -> None:
    await pair.run("restart 2026-03-27T09:00")
    assert "Your week with Omar" in (await pair.one("@amina /buddy show")).text


async def test_everybody_is_told_once_after_a_restart(circle: Console) -> None:
    await circle.run("@amina /buddy join field:health", "@omar /buddy join field:food")
    seen = await circle.run("restart 2026-03-16T08:30", "restart", "at 2026-03-16T09:00")
    assert sorted(message.to for message in seen if "You have a buddy" in message.text) == ["@amina", "@omar"]


async def test_who_is_forgotten_leaves_no_trace_with_the_buddy(pair: Console) -> None:
    await pair.run("@amina /me forget", '@amina press "Yes, erase everything"')
    assert "You have no buddy yet" in (await pair.one("@omar /buddy show")).text
    heard = await told(pair, "at 2026-03-17T09:00")
    assert "Your buddy changed." in heard["@omar"], "as when somebody leaves, on the next morning"
    assert "Amina" not in heard["@omar"]
    heard = await told(pair, "at 2026-03-23T09:00")
    assert "I found no buddy for you this week." in heard["@omar"], "and a week without a buddy is nobody's silence"


async def test_nothing_of_buddies_reaches_a_channel(pair: Console) -> None:
    await pair.run("@amina /buddy cheer cheer:rest")
    seen = await pair.run("at 2026-03-30T13:00")
    assert not any("buddy" in message.text.lower() for message in seen if message.to.startswith("#"))


async def test_who_leaves_can_say_never_with_this_person_again(pair: Console) -> None:
    seen = await pair.one("@amina /buddy leave")
    assert "Never with Omar again" in [label for label, _ in seen.buttons]
    seen = await pair.one('@amina press "Never with Omar again"')
    assert "I will never match you with Omar." in seen.text
    assert "They are not told." in seen.text
    await pair.run("at 2026-07-05T09:00")  # the twelve weeks in which nobody is matched twice are over
    await pair.run("@omar /buddy join field:health", "@amina /buddy join field:health")
    heard = await told(pair, "at 2026-07-06T09:00")
    assert "I found no buddy for you this week." in heard["@amina"]


async def test_never_can_be_taken_back(pair: Console) -> None:
    await pair.run("@amina /buddy leave", '@amina press "Never with Omar again"')
    seen = await pair.one('@amina press "Take this back"')
    assert "You and Omar may be buddies again." in seen.text
    await pair.run("at 2026-07-05T09:00")
    await pair.run("@omar /buddy join field:health", "@amina /buddy join field:health")
    heard = await told(pair, "at 2026-07-06T09:00")
    assert "Your buddy is Omar." in heard["@amina"]


async def test_somebody_can_be_refused_before_any_match_and_before_the_bot_knows_them(circle: Console) -> None:
    seen = await circle.one("@amina /buddy join field:health never:<@omar|Omar>")
    assert "I will never match you with Omar." in seen.text
    seen = await circle.one("@omar /buddy join field:health")
    assert "never" not in seen.text
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "I found no buddy for you this week." in heard["@amina"]
    assert "I found no buddy for you this week." in heard["@omar"]


async def test_nobody_gets_round_a_refusal_by_starting_again(circle: Console) -> None:
    await circle.run("@omar /buddy join field:health", "@amina /buddy join field:health never:@omar")
    await circle.run("@omar /me forget", '@omar press "Yes, erase everything"', "@omar /buddy join field:health")
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "I found no buddy for you this week." in heard["@amina"]


async def test_a_slip_can_be_taken_back_at_any_time_and_only_its_member_sees_it(circle: Console) -> None:
    await circle.run("@omar /lead next", "@amina /buddy join field:health never:@omar")
    seen = await circle.one("@amina /buddy show")
    assert "You are never buddies with Omar. Only you see this." in seen.text
    assert "never" not in (await circle.one("@omar /buddy show")).text
    await circle.run('@amina press "Maybe with Omar again"', "@omar /buddy join field:health")
    assert "never" not in (await circle.one("@amina /buddy show")).text
    heard = await told(circle, "at 2026-03-16T09:00")
    assert "Your buddy is Omar." in heard["@amina"]


async def test_refusing_the_buddy_one_walks_with_ends_it_at_once(pair: Console) -> None:
    seen = await pair.one("@amina /buddy join field:health never:@omar")
    assert "I will never match you with Omar." in seen.text
    assert "I look for a buddy for you" in seen.text
    assert "Amina" not in (await pair.one("@omar /buddy show")).text
    assert (await pair.one("@omar /buddy cheer cheer:rest")).error == "not-now"
    letter = (await told(pair, "at 2026-03-17T09:00"))["@omar"]
    assert "Your buddy changed." in letter
    assert "Amina" not in letter


async def test_nobody_can_refuse_themselves(circle: Console) -> None:
    seen = await circle.one("@amina /buddy join field:health never:@amina")
    assert seen.error == "bad-value"
    assert "This is you." in seen.text

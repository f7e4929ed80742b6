"""Nothing of anybody is shown before the owner of a code said, privately, that it was they who entered it."""

from tests.support.both import Both

DANA = '/lead add name:"Dana" organisation:"Nordik" why:"works there"'
DEAD = "This code does not work."


async def test_the_owner_is_asked_privately_and_until_the_yes_nothing_of_theirs_is_shown(both: Both) -> None:
    await both.in_slack(DANA)
    reply = await both.in_discord("me link", who="Ben R.", code=await both.slack_code())
    assert reply.private
    assert "I asked on Slack whether it is you." in reply.text
    assert "/hello me link" in reply.text
    for command in ("lead list", "me export", "board me", "me link"):
        assert "Dana" not in str((await both.in_discord(command, who="Ben R.")).message)
    await both.later(seconds=20)
    (letter,) = both.letters_in_slack()
    assert "Somebody entered your code on Discord as Ben R. Is it you?" in letter
    assert "Newcomers" in letter
    asked = await both.slacker().presses("Yes, it is me")
    assert "You are linked" in asked.last.text
    assert "Dana" in (await both.in_discord("lead list", who="Ben R.")).text


async def test_the_same_from_the_other_side_names_each_line_as_it_is_typed_there(both: Both) -> None:
    shown = await both.in_discord("me link")
    assert "On Slack, type: /hello me link code:" in shown.text
    seen = await both.slacker().types("/hello me link")
    assert "On Discord, type: /me link code:" in seen.last.text
    answer = await both.in_slack(f"/hello me link code:{await both.discord_code()}")
    assert "Do you see no question on Discord? Type /me link there." in answer
    await both.later(seconds=20)
    (letter,) = both.letters_in_discord()
    assert "Somebody entered your code on Slack as amina. Is it you?" in letter
    (message,) = both.discord.letters(both.discord.someone("Amina"))
    reply = await both.discord.press(both.discord.someone("Amina").user, message, "Yes, it is me")
    assert "You are linked" in reply.text
    await both.later(seconds=20)
    assert "You are linked" in both.letters_in_slack()[-1]


async def test_the_question_comes_in_the_language_its_reader_sees_on_that_platform(both: Both) -> None:
    amina = both.discord.someone("Amina", language="fr")
    code = (await both.discord.type(amina, "me link")).text.split("relier code:")[1][:9]
    await both.in_slack(f"/hello me link code:{code}")
    await both.later(seconds=20)
    assert "Quelqu’un a saisi votre code" in both.letters_in_discord()[-1]
    (message,) = both.discord.letters(amina)
    await both.discord.press(amina.user, message, "Oui, c’est moi")
    await both.later(seconds=20)
    assert "You are linked" in both.letters_in_slack()[-1]


async def test_a_no_shows_nothing_and_the_other_hears_only_that_it_was_not_confirmed(both: Both) -> None:
    await both.in_slack(DANA)
    code = await both.slack_code()
    await both.in_discord("me link", who="Eve", code=code)
    amina = both.slacker()
    await amina.types("/hello me link")
    seen = await amina.presses("No")
    assert "Nothing is linked, and nobody saw anything of yours." in seen.last.text
    await both.later(seconds=20)
    (letter,) = both.letters_in_discord("Eve")
    assert "The link was not confirmed" in letter
    assert "mina" not in letter
    assert "Your list is empty." in (await both.in_discord("lead list", who="Eve")).text
    assert DEAD in (await both.in_discord("me link", who="Eve", code=code)).text
    seen = await amina.presses("Show a new code")
    assert "Your code" in seen.last.text


async def test_an_old_question_confirms_nobody_who_came_later(both: Both) -> None:
    amina = both.slacker()
    await both.in_discord("me link", who="Ben", code=await both.slack_code())
    first = (await amina.types("/hello me link")).last
    await amina.presses("No", on=first)
    await amina.presses("Show a new code")
    await both.in_discord("me link", who="Eve", code=amina.sees.last.text.split("/me link code:")[1][:9])
    seen = await amina.presses("Yes, it is me", on=first)
    assert "This question is not open any more." in seen.last.text
    assert "You are linked" not in (await both.in_discord("me link", who="Eve")).text


async def test_an_owner_who_does_not_answer_within_an_hour_links_nobody(both: Both) -> None:
    amina = both.slacker()
    await both.in_discord("me link", code=await both.slack_code())
    await amina.types("/hello me link")
    await both.later(hours=1)
    seen = await amina.presses("Yes, it is me")
    assert "This question is not open any more." in seen.last.text
    assert "Your code" in await both.in_slack("/hello me link")


async def test_a_code_is_taken_once_and_for_ten_minutes(both: Both) -> None:
    code = await both.slack_code()
    assert "I asked on Slack" in (await both.in_discord("me link", code=code)).text
    assert DEAD in (await both.in_discord("me link", who="Eve", code=code)).text
    await both.in_slack("/hello me link")
    seen = await both.slacker().presses("No")
    seen = await both.slacker().presses("Show a new code")
    late = seen.last.text.split("/me link code:")[1][:9]
    await both.later(minutes=10)
    assert DEAD in (await both.in_discord("me link", who="Eve", code=late)).text


async def test_a_new_code_ends_the_one_before(both: Both) -> None:
    first, second = await both.slack_code(), await both.slack_code()
    assert DEAD in (await both.in_discord("me link", code=first)).text
    assert "I asked on Slack" in (await both.in_discord("me link", code=second)).text


async def test_nobody_guesses_a_code(both: Both) -> None:
    code = await both.slack_code()
    for guess in range(5):
        reply = await both.in_discord("me link", who="Eve", code=f"AAAA-AAA{'ABCDE'[guess]}")
        assert DEAD in reply.text
    reply = await both.in_discord("me link", who="Eve", code=code)
    assert "That was too many tries." in reply.text
    await both.later(minutes=10)
    reply = await both.in_discord("me link", who="Eve", code=await both.slack_code())
    assert "I asked on Slack" in reply.text


async def test_a_code_entered_where_it_was_shown_is_not_lost(both: Both) -> None:
    code = await both.slack_code()
    answer = await both.in_slack(f"/hello me link code:{code}")
    assert "This is your own code, from here." in answer
    assert f"On Discord, type: /me link code:{code}" in answer
    assert DEAD in await both.in_slack(f"/hello me link code:{code}", who="eve")
    assert "I asked on Slack" in (await both.in_discord("me link", code=code)).text


async def test_an_open_code_dies_with_a_link_so_that_no_chain_leads_into_a_list_nobody_sees(both: Both) -> None:
    older = await both.discord_code()
    await both.link_home_in_slack()
    answer = await both.in_slack(f"/hello me link code:{older}", who="zoe")
    assert DEAD in answer
    for page in (await both.in_slack("/hello me link"), (await both.in_discord("me link")).text):
        assert "You are linked" in page
        assert "Your code" not in page
    code = await both.slack_code("zoe")
    reply = await both.in_discord("me link", code=code)
    assert "You are linked" in reply.text, "who is linked links with nobody else"
    assert "Somebody" not in await both.in_slack("/hello me link", who="zoe")


async def test_a_linked_member_who_enters_a_code_is_told_that_it_was_not_used_and_what_to_do(both: Both) -> None:
    amina = both.slacker()
    code = await both.slack_code()
    await both.in_discord("me link", code=code)
    await amina.types("/hello me link")
    await amina.presses("Yes, it is me")
    for text in (
        (await both.in_discord("me link", code="ABCD-EFGH")).text,
        await both.in_slack("/hello me link code:ABCD-EFGH"),
    ):
        assert "You are linked already, so I did not use the code." in text
        assert "end this link first. Then enter the code again." in text
        assert "Your list is on" in text
    assert "I did not use the code" not in (await both.in_discord("me link")).text


async def test_of_two_codes_that_one_person_entered_only_the_last_is_asked_about(both: Both) -> None:
    code, other = await both.slack_code(), await both.slack_code("zoe")
    await both.in_discord("me link", code=code)
    await both.in_discord("me link", code=other)
    assert "Is it you?" in await both.in_slack("/hello me link", who="zoe")
    assert "Your code" in await both.in_slack("/hello me link")


async def test_a_member_who_forgets_themselves_takes_the_question_with_them(both: Both) -> None:
    await both.in_discord("me link", code=await both.slack_code())
    page = await both.in_discord("me forget")
    await both.discord.press(both.discord.someone("Amina"), page, "Yes, erase everything")
    assert "Your code" in await both.in_slack("/hello me link")

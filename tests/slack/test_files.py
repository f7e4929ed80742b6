"""Files in Slack: one answer is one message, its files come together in one more, and without files nothing is lost."""

import json

from tests.slack.test_forms import with_leads
from tests.support.slack import Person
from tests.support.slack.workspace import Message
from tests.support.slack_bot import World


def direct(world: World, amina: Person) -> list[Message]:
    """What came into Amina's own messages with the bot."""
    conversation = world.slack.workspace.direct(amina.user.id).id
    return [
        message
        for message in world.slack.workspace.messages
        if message.channel == conversation and not message.only_for
    ]


def texts(message: Message) -> str:
    """The text of a file that is shown in a message."""
    parts = [block["elements"][0]["elements"] for block in message.payload["blocks"] if block["type"] == "rich_text"]
    return "".join(element["text"] for elements in parts for element in elements)


async def test_a_draft_is_one_message_with_both_texts_in_it(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    before = len(amina.sees.messages)
    await amina.types('/hello ask draft lead:"dana" eye:"your river sensor" want:"how you test in winter" minutes:20')
    assert len(amina.sees.messages) == before + 1
    assert "your river sensor" in amina.sees.text
    assert direct(world, amina) == []


async def test_lines_for_a_resume_are_one_message(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types("/hello ask sent dana")
    await amina.types("/hello me resume")
    assert direct(world, amina) == []


async def test_a_calendar_file_is_one_message_and_the_answer_says_where_it_is(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types('/hello meeting plan lead:"dana" when:"thursday 15:00"')
    assert "The file is in our private messages." in amina.sees.text
    (message,) = direct(world, amina)
    assert [file.name for file in message.files] == ["meeting.ics"]
    assert message.payload["text"] == "Here is your file."


async def test_two_files_of_one_answer_are_one_message(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types("/hello me record")
    (message,) = direct(world, amina)
    assert [file.name for file in message.files] == ["my-record.html", "my-record.csv", "my-record.xlsx"]
    assert message.payload["text"] == "Here are your files."


async def test_presses_under_the_sheet_of_a_talk_send_no_file(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types('/hello meeting plan lead:"dana" when:"thursday 15:00"')
    six = " ".join(f"Question {n}?" for n in range(6))
    await amina.types(f'/hello meeting prep lead:"dana" goal:"x" questions:"{six}"')
    await amina.presses("Leave out question 6")
    assert "Question 4?" in amina.sees.text
    assert len(direct(world, amina)) == 1
    await amina.presses("Get the calendar file")
    assert len(direct(world, amina)) == 2


async def test_where_a_person_cannot_be_named_the_file_follows_its_words(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    world.slack.faults.error("files.completeUploadExternal", "channel_not_found", times=1)
    await amina.types('/hello meeting plan lead:"dana" when:"thursday 15:00"')
    words, file = direct(world, amina)
    assert words.payload["text"] == "Here is your file."
    assert words.payload["unfurl_links"] is False
    assert file.payload["thread_ts"] == words.ts


async def test_without_the_permission_an_export_comes_whole_as_text_in_parts(world: World) -> None:
    amina = await with_leads(world, *(f"Person {n:02}" for n in range(40)))
    world.slack.faults.error("files.getUploadURLExternal", "missing_scope")
    await amina.types("/hello me export")
    parts = direct(world, amina)
    assert len(parts) > 1
    assert all(part.payload["unfurl_links"] is False for part in parts)
    exported = json.loads("".join(map(texts, parts)))
    assert len(exported["leads"]) == 40
    first = parts[0].payload["blocks"][0]["text"]["text"]
    assert first == f"Here is your file: hello-circle.json, part 1 of {len(parts)}"


async def test_without_the_permission_a_table_is_named_with_what_to_do(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    world.slack.faults.error("files.getUploadURLExternal", "missing_scope")
    await amina.types("/hello me record")
    page, how, table, refused, _ = direct(world, amina)
    assert page.payload["text"] == "I may not send the file my-record.html here."
    assert "Dana R." in texts(table)
    assert refused.payload["text"] == "I may not send the file my-record.xlsx here."
    assert "An organiser can allow files in the settings of the app: add files:write" in how.payload["text"]


async def test_a_file_that_was_lost_is_said(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    world.slack.faults.error("files.completeUploadExternal", "internal_error")
    await amina.types('/hello meeting plan lead:"dana" when:"thursday 15:00"')
    assert "A file may not have reached you. Please ask for it again." in amina.sees.text

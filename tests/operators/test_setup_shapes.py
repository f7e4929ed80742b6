"""What is pasted into set-up is known by its shape, and by what came along with it."""

import pytest

from adapters.operator.setup.shapes import PastedKind, recognise

HEX = "0123456789abcdef" * 2
SHAPES = [
    (PastedKind.DISCORD_BOT, "MTAwMDAwMDAwMDAwMDAwMDAw.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"),
    (PastedKind.DISCORD_ID, "1000000000000000000"),
    (PastedKind.DISCORD_PUBLIC_KEY, HEX * 2),
    (PastedKind.DISCORD_SECRET, "aB3-dEf_hIjKlMnOpQrStUvWxYz01234"),
    (PastedKind.DISCORD_PERSON, "mfa.abcdefghijklmnopqrstuvwxyz"),
    (PastedKind.DISCORD_WEBHOOK, "https://discord.com/api/webhooks/1000/abc"),
    (PastedKind.DISCORD_WEBHOOK, "https://canary.discordapp.com/api/v10/webhooks/1000/abc"),
    (PastedKind.DISCORD_LINK, "https://discord.gg/abc"),
    (PastedKind.DISCORD_LINK, "https://discord.com/oauth2/authorize?client_id=1"),
    (PastedKind.SLACK_BOT, "xoxb-1-2-abc"),
    (PastedKind.SLACK_APP, "xapp-1-A0APP-2-abc"),
    (PastedKind.SLACK_PERSON, "xoxp-1-2-3-abc"),
    (PastedKind.SLACK_BROWSER, "xoxc-1-2"),
    (PastedKind.SLACK_BROWSER, "xoxd-abc%2Fdef"),
    (PastedKind.SLACK_RENEWED, "xoxe.xoxb-1-abc"),
    (PastedKind.SLACK_RENEWED, "xoxe-1-abc"),
    (PastedKind.SLACK_OLD, "xoxa-2-abc"),
    (PastedKind.SLACK_SECRET, HEX),
    (PastedKind.SLACK_ID, "A0123456789"),
    (PastedKind.SLACK_CLIENT, "1234567890.1234567890123"),
    (PastedKind.SLACK_WEBHOOK, "https://hooks.slack.com/services/T0/B0/abc"),
    (PastedKind.SLACK_LINK, "https://api.slack.com/apps/A0123456789"),
    (PastedKind.LINK, "https://example.org"),
    (PastedKind.ADDRESS, "olga@example.org"),
    (PastedKind.KEY, "k1:" + "A" * 43 + "="),
    (PastedKind.NOTHING, "  "),
    (PastedKind.UNKNOWN, "hunter2"),
    (PastedKind.UNKNOWN, "I do not have one"),
    (PastedKind.UNKNOWN, "a.b.c"),
]
AROUND = [
    ('"{}"', "quotation marks"),
    ("'{}'", "quotation marks"),
    ("“{}”", "quotation marks"),
    ("« {} »", "quotation marks"),
    ("Bot {}", "the word in front of it"),
    ("bearer {}", "the word in front of it"),
    ("Authorization: Bot {}", "the word in front of it"),
    ("DISCORD_TOKEN={}", "the name of the setting"),
    ("export DISCORD_TOKEN = {}", "the name of the setting"),
    ("<{}>", "signs around it"),
    ("{},", "signs around it"),
]
WHOLE = "MTAwMDAw.Gabcde.abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(("shape", "pasted"), SHAPES)
def test_what_was_pasted_is_known_by_its_shape(shape: PastedKind, pasted: str) -> None:
    assert recognise(pasted, PastedKind.NOTHING).shape is shape


def test_every_shape_has_an_example() -> None:
    assert {shape for shape, _ in SHAPES} == set(PastedKind)


@pytest.mark.parametrize(("around", "named"), AROUND)
def test_what_came_along_with_a_token_is_taken_off_and_named(around: str, named: str) -> None:
    recognised = recognise(around.format(WHOLE), PastedKind.DISCORD_BOT)
    assert (recognised.value, recognised.shape) == (WHOLE, PastedKind.DISCORD_BOT)
    assert named in {note.message for note in recognised.taken_off}


@pytest.mark.parametrize(("gap", "named"), [("\n", "a line break"), ("\r\n", "a line break"), (" ", "spaces")])
def test_a_token_that_was_broken_is_put_together(gap: str, named: str) -> None:
    recognised = recognise(WHOLE[:12] + gap + WHOLE[12:], PastedKind.DISCORD_BOT)
    assert (recognised.value, [note.message for note in recognised.taken_off]) == (WHOLE, [named])


@pytest.mark.parametrize("invisible", ["\ufeff", "\u200b", "\u2060"])
def test_letters_that_nobody_sees_are_no_part_of_a_token(invisible: str) -> None:
    assert recognise(f"{invisible}{WHOLE}{invisible}", PastedKind.DISCORD_BOT).value == WHOLE


def test_of_two_tokens_in_one_paste_the_wanted_one_counts() -> None:
    both = "SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-2\n"
    assert recognise(both, PastedKind.SLACK_BOT).value == "xoxb-1"
    assert recognise(both, PastedKind.SLACK_APP).value == "xapp-2"

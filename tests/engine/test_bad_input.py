"""Whatever is typed into any value of any command: an answer in plain words, nothing pinged, nothing hidden kept."""

import unicodedata
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from bot.engine.answer import Answer
from bot.engine.clean import clean
from bot.engine.command import AnyCommand
from bot.engine.invocation import CalledCommand, SubmittedForm, TypedLine
from bot.engine.params import Param
from bot.engine.rules import Line, RowId
from bot.features import everything
from bot.store import export
from bot.ui.plain import all_buttons, plain
from bot.ui.voice import Dialect, say
from tests.engine.test_access import acted_on, thing, values
from tests.support.world import AMINA, ORGANISER, Person, World, identity, open_world

STORM = "Z" + "\u0301\u0336\u20dd" * 200
NASTY = (
    "",
    " \n\t ",
    "@everyone @here <!channel> <@U123> <#C1> <@&1>",
    "**bold** _it_ ~~x~~ `code` ```block``` > quote [a](http://evil.example) # head",
    "{name} {0} {n} {{x}} %s %(name)s ${HOME} {typed.__class__}",
    "a\x00b\x07c\x1b[31md",
    "\ud800 lone \udfff",
    "\u202eevil\u202c \u2066x\u2069 \u200f\u200e",
    "\u200b\u200c\u200d\ufeff\u2060",
    "a" + "\u0301\u200b" * 300,
    STORM,
    "🙂🙃👩‍👩‍👧🏳️‍🌈",
    "\u3164\u115f\u2800",
    "x" * 100_000,
    "line\n" * 10_000,
    "\n" * 10_000,
    "é" * 640,
    "'; drop table leads; --",
    "../../etc/passwd",
    "a~b.c:d",
    "\u2028\u2029\x85\x0b\x0c",
    "=cmd|'/c calc'!A1",
    "مرحبا بالعالم",
    "9" * 5_000,
    "¼ ⅷ ² ٣",
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(categories=("Cf", "Cc", "Cs", "Mn", "Zs", "Co")), max_size=40),
    st.lists(st.sampled_from(NASTY[:12]), max_size=3).map(" ".join),
    st.text("@<>!#&*_~`[](){}|\\\"'/:-=", max_size=40),
)
HIDDEN = {"Cc", "Cs", "Co", "Cn"}
ALLOWED_FORMATS = "\u200c\u200d\u2068\u2069"


class Marked(Dialect):
    """Puts people's words into brackets that nobody types, as a platform puts them out of harm's way."""

    def user(self, text: str) -> str:
        return f"\uf0f0{super().user(text)}\uf0f1"

    def channel(self, channel: str) -> str:
        return f"\uf0f0{channel}\uf0f1"


def outside(text: str) -> str:
    """Give what is not a person's words."""
    letters, depth = [], 0
    for c in text:
        depth += {"\uf0f0": 1, "\uf0f1": -1}.get(c, 0)
        if depth == 0 and c != "\uf0f1":
            letters.append(c)
    return "".join(letters)


def shown(answer: Answer) -> str:
    """Everything a platform shows of an answer, with people's words marked."""
    marked = Marked()
    words = [plain(answer.reply, answer.language, marked)]
    words += [say(button.label, answer.language, marked) for button in all_buttons(answer.reply)]
    if answer.form:
        words += [say(field.problem, answer.language, marked) for field in answer.form.fields if field.problem]
    return "\n".join(words)


def typed_params() -> Iterator[tuple[AnyCommand, Param]]:
    """Every value that a person can type: in a line, an option or a form."""
    for command in everything():
        for param in command.params:
            if not isinstance(param.rule, RowId) and (command.listed or param.rule.asked):
                yield command, param


async def give(world: World, command: AnyCommand, param: Param, text: str) -> Answer:
    """Give a text for one value of a command, and good values for the others."""
    who = ORGANISER if command.access == "organiser" else AMINA
    raw = values(command)
    target = acted_on(command)
    if target is not None:
        raw[target.name] = thing(world, command, target, who)
    raw[param.name] = text
    if command.listed:
        return await world.ask(who, CalledCommand(command.name, raw))
    silent = {other.name: raw.pop(other.name) for other in command.params if not other.rule.asked and other.name in raw}
    return await world.ask(who, SubmittedForm(world.token(who, command, silent), raw))


def check(answer: Answer, where: str) -> None:
    assert answer.reply.error not in {"internal", "not-saved"}, where
    text = shown(answer)
    assert len(text) < 12_000, where
    ours = outside(text)
    for sign in ("@everyone", "@here", "<!", "<@", "<#", "**bold", "http://evil", "drop table", "{typed", "%s", "=cmd"):
        assert sign not in ours, where
    for c in text.replace("\uf0f0", "").replace("\uf0f1", ""):
        kind = unicodedata.category(c)
        assert c == "\n" or kind not in HIDDEN, (where, hex(ord(c)))
        assert kind != "Cf" or c in ALLOWED_FORMATS, (where, hex(ord(c)))


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    async with open_world() as opened:
        yield opened


async def kept_texts(world: World, who: Person) -> list[str]:
    def texts(stored: Any) -> Iterator[str]:
        if isinstance(stored, str):
            yield stored
        elif isinstance(stored, dict):
            for name, inner in stored.items():
                if name not in {"answer", "values", "reply"}:
                    yield from texts(inner)
        elif isinstance(stored, list):
            for inner in stored:
                yield from texts(inner)

    return list(texts(await world.read(lambda tx: export.everything(tx, identity(tx, who)))))


@pytest.mark.parametrize("number", range(len(NASTY)))
async def test_hostile_text_in_any_value_gets_a_plain_answer_and_only_clean_text_is_kept(
    world: World, number: int
) -> None:
    for command, param in typed_params():
        check(await give(world, command, param, NASTY[number]), f"/{command.name} {param.name}")
    for who in (AMINA, ORGANISER):
        for text in await kept_texts(world, who):
            assert clean(text, lines=True) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6, deadline=None)
@given(text=TEXTS)
async def test_no_text_in_any_value_is_a_fault(world: World, text: str) -> None:
    for command, param in typed_params():
        check(await give(world, command, param, text), f"/{command.name} {param.name}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(text=TEXTS)
@example(text='" ' * 500)
@example(text="--" * 500)
async def test_no_typed_line_is_a_fault(world: World, text: str) -> None:
    for line in (text, f"/{text}", f"/lead add {text}", f'/lead add name:"{text}" organisation:{text} why:“{text}”'):
        check(await world.ask(AMINA, TypedLine(line)), line[:60])


SECRETS = (
    "xoxb-123456789012-abcdefghijkl",
    "xapp-1-A0123456789-abcdef",
    "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
    "-----BEGIN RSA PRIVATE KEY-----",
)
CONTACTS = (
    "dana@example.com",
    "dana @ example.com",
    "dana＠example.com",
    "d\u200bana@exam\u200bple.com",
    "+1 514 555 0199",
    "(514) 555-0199",
    "514.555.0199",
    "٠٥١٤٥٥٥٠١٩٩",
)
LINES = [(c, p) for c, p in typed_params() if isinstance(p.rule, Line)]


@pytest.mark.parametrize("secret", SECRETS)
async def test_a_secret_is_refused_in_every_text_and_kept_nowhere(world: World, secret: str) -> None:
    for command, param in LINES:
        answer = await give(world, command, param, f"my key is {secret}")
        if param.rule.limit and param.rule.limit > 80:
            assert "This looks like a secret key. I did not keep it." in plain(answer.reply, "en"), command.name
        assert answer.reply.error in {"bad-value", "too-long"}
    everything_kept = str(await world.read(lambda tx: export.everything(tx, identity(tx, AMINA))))
    assert secret not in everything_kept


@pytest.mark.parametrize("contact", CONTACTS)
async def test_an_outsiders_address_or_number_is_refused_where_it_would_be_kept(world: World, contact: str) -> None:
    assert LINES
    for command, param in LINES:
        assert isinstance(param.rule, Line)
        if param.rule.no_contacts and param.rule.most >= 80:
            answer = await give(world, command, param, f"ask {contact} today")
            assert "I do not keep e-mail addresses or phone numbers" in plain(answer.reply, "en"), command.name
    stored = str(await world.read(lambda tx: export.everything(tx, identity(tx, AMINA))))
    assert contact not in stored


def test_every_text_about_an_outsider_refuses_contacts() -> None:
    """Only what a member writes of themselves may hold an address: their work, their plan, the help they need.

    A message that is only read may hold one too; then nothing of it is kept. Of a pack, each tip is read by itself.
    """
    free = {f"{c.name} {p.name}" for c, p in LINES if isinstance(p.rule, Line) and not p.rule.no_contacts}
    said_of_themselves = {
        "ask check text",
        "me settings work",
        "meeting prep work",
        "start work",
        "week plan sentence",
        "week report help",
        "week need-help help",
    }
    assert free <= {*said_of_themselves, "community pack import text"}, (
        "write no_contacts=True at a text that may be about others"
    )


@pytest.mark.parametrize("fine", ["since 2024-03-12", "room 12 on floor 3", "45.5017, 73.5673", "€ 1 000 000", "a@b"])
async def test_numbers_that_are_no_telephone_are_taken(world: World, fine: str) -> None:
    answer = await world.call(AMINA, "lead add", name="Priya", organisation="Hydro", why=fine)
    assert answer.reply.error is None

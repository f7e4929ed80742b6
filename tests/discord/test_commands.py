import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from adapters.discord import commands, limits
from bot.features import everything
from bot.ui import languages
from tests.support.simulated import Simulated, drawn, simulated

NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
PAYLOADS = commands.payloads(everything())


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bot that got an Arabic catalog, with two names in it so far."""
    shutil.copytree(languages.LOCALES / "fr", tmp_path / "fr")
    (tmp_path / "ar" / "LC_MESSAGES").mkdir(parents=True)
    translated = Catalog(locale="ar")
    translated.add("/lead", "/شخص")
    translated.add("/lead add", "/شخص أضف")
    with (tmp_path / "ar" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, translated)
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    for cached in (languages.spoken, languages.catalog):
        cached.cache_clear()
    yield
    for cached in (languages.spoken, languages.catalog):
        cached.cache_clear()


def puts(server: Simulated) -> int:
    return sum(request.method == "PUT" and request.path.endswith("/commands") for request in server.env.http_requests)


def nodes(payload: dict) -> list[dict]:
    inner = (*payload.get("options", ()), *payload.get("choices", ()))
    return [payload, *(node for option in inner for node in nodes(option))]


def test_every_command_people_can_type_is_on_discord():
    typed = {leaf for payload in PAYLOADS for leaf in commands.leaves(payload)}
    assert typed == {command.name for command in everything().listed}


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload["name"])
def test_a_command_keeps_discords_limits_in_every_language(payload: dict):
    for node in nodes(payload):
        if "description" in node:
            shown_texts = [node["description"], *node["description_localizations"].values()]
            assert all(1 <= len(words) <= 100 for words in shown_texts)
            names = [node["name"], *node["name_localizations"].values()]
            assert all(NAME.fullmatch(name) and name == name.lower() for name in names), names
        else:
            assert all(1 <= len(name) <= 100 for name in (node["name"], *node["name_localizations"].values()))
            assert len(node["value"]) <= 100
        needed = [option.get("required", False) for option in node.get("options", ())]
        assert needed == sorted(needed, reverse=True), "Discord wants the required options first"
        assert len(needed) <= 25
    for locale in ("", *limits.LOCALES):
        assert sum(commands._size(node, locale) for node in nodes(payload)) <= 8000


@pytest.mark.parametrize("locale", limits.LOCALES)
def test_no_two_commands_or_values_side_by_side_have_one_name(locale: str):
    for beside in (
        PAYLOADS,
        *(node["options"] for payload in PAYLOADS for node in nodes(payload) if node.get("options")),
    ):
        names = [named["name_localizations"].get(locale, named["name"]) for named in beside]
        assert len(set(names)) == len(names), names


def test_a_command_that_is_too_big_is_refused_before_discord_sees_it():
    choice = {"name": "x" * 100, "name_localizations": {"fr": "y" * 100}, "value": "z" * 100}
    option = {"name": "o", "description": "d", "type": 3, "choices": [choice] * 25}
    with pytest.raises(commands.TooBig, match="/big"):
        commands.check({"name": "big", "description": "d", "options": [option] * 2})
    with pytest.raises(commands.TooBig, match="options"):
        commands.check({"name": "big", "description": "d", "options": [option | {"choices": []}] * 26})


def test_french_members_read_french_and_every_variant_of_a_language_is_served():
    start = next(node for node in PAYLOADS if node["name"] == "start")
    assert start["description_localizations"]["fr"] != start["description"]
    lead = next(node for node in PAYLOADS if node["name"] == "lead")
    add = next(node for node in lead["options"] if node["name"] == "add")
    names = [node["name_localizations"]["fr"] for node in (lead, add, *add["options"][:3])]
    assert names == ["personne", "ajouter", "nom", "employeur", "pourquoi"]
    assert lead["description_localizations"]["fr"].startswith("ajouter, terminer")
    assert commands.locales_of("es") == ["es-419", "es-ES"]
    assert commands.locales_of("ar") == ["ar"], "Discord takes Arabic, though its library does not know it"


@pytest.mark.usefixtures("arabic")
def test_a_new_catalog_brings_its_names_and_arabic_is_known_by_its_value():
    lead = next(command for command in commands.payloads(everything()) if command["name"] == "lead")
    assert lead["name_localizations"]["ar"] == "شخص"
    assert lead["name_localizations"]["fr"] == "personne"
    assert lead["options"][0]["name_localizations"]["ar"] == "أضف"
    assert lead["options"][0]["description_localizations"]["ar"] == "Add a person you would like to talk with."


async def test_the_commands_of_organisers_are_hidden_from_members(server: Simulated):
    assert "community setup" not in server.someone("Amina").available_commands(server.general)
    assert "community setup" in server.someone("Olga").available_commands(server.general)


async def test_commands_are_sent_once_and_again_only_when_they_changed(
    server: Simulated, monkeypatch: pytest.MonkeyPatch
):
    assert puts(server) == 1
    await server.restart()
    assert puts(server) == 1
    monkeypatch.setattr(commands, "fingerprint", lambda registry: "another")
    await server.restart()
    assert puts(server) == 2
    await server.restart()
    assert puts(server) == 2


async def test_a_member_adds_a_person_with_one_line(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="built the river sensor")
    assert "Dana R., Nordik is on your list." in reply.text
    assert reply.private
    assert "I asked them" in reply.labels
    shown = await server.type(amina, "lead list")
    assert "Dana R., Nordik: new" in shown.text


async def test_the_same_delivery_twice_adds_one_person(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    first = reply.text
    for _ in range(3):
        await server.redeliver()
    assert reply.text == first, "a repeat gets the first answer, not that the person is known"
    assert reply.result.followups == []
    assert "1 person on your list" in (await server.type(amina, "lead list")).text


async def test_commands_that_are_named_can_be_pressed(server: Simulated):
    reply = await server.type(server.someone("Amina"), "lead list")
    reply = await server.type(server.someone("Amina"), "me inbox")
    assert "</lead next:" in reply.source
    assert "/lead next" in reply.text


async def test_an_arabic_member_is_understood_though_the_library_knows_no_arabic(server: Simulated):
    reply = await server.type(server.someone("Huda", language="ar"), "me inbox")
    assert "No message waits for you." in reply.text


async def test_a_french_member_is_answered_in_french(server: Simulated):
    reply = await server.type(server.someone("Zoé", language="fr"), "lead list")
    assert reply.text != (await server.type(server.someone("Amina"), "lead list")).text


async def test_help_says_what_a_command_is_called_in_the_french_menu(server: Simulated):
    reply = await server.type(server.someone("Zoé", language="fr"), "help", command="lead add")
    assert "Aide pour /personne ajouter" in reply.text
    assert "/lead" not in reply.text
    assert '/personne ajouter nom:"Dana R."' in reply.text
    english = await server.type(server.someone("Amina"), "help", command="lead add")
    assert "</lead add:" in english.source, "the English name is the one that can be pressed"
    assert "personne" not in english.text


async def test_a_member_with_a_french_menu_sends_what_every_member_sends(server: Simulated):
    zoe = server.someone("Zoé", language="fr")
    assert "lead add" in zoe.available_commands(server.general)
    reply = await server.type(zoe, "lead add", name="Dana R.", organisation="Nordik", why="rivières")
    assert "Dana R., Nordik" in reply.text


async def test_typing_the_name_of_a_person_offers_only_ones_own(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    await server.type(amina, "lead add", name="Tom W.", organisation="Hydro", why="tests")
    offered = await amina.autocomplete(server.general, "lead show", "lead", "dan")
    assert [choice["name"] for choice in offered] == ["Dana R. · Nordik"]
    assert await omar.autocomplete(server.general, "lead show", "lead", "dan") == []
    shown = await server.type(amina, "lead show", lead=offered[0]["value"])
    assert "Dana R., Nordik" in shown.text
    stolen = await server.type(omar, "lead show", lead=offered[0]["value"])
    assert "I could not find this person on your list." in stolen.text


async def test_two_shards_answer_and_post(tmp_path: Path):
    async with simulated(tmp_path, shards=2) as server:
        await server.set_up()
        other = server.env.create_guild("Elsewhere", shard_id=1 - (server.guild.id >> 22) % 2)
        channel = other.create_text_channel("general")
        zoe = other.add_member(server.env.create_user("zoe"))
        await server.env.settle()
        answered = await zoe.slash(channel, "help")
        assert answered.response is not None
        assert set(server.env.bot.shards) == {0, 1}


async def test_another_member_is_chosen_from_discords_own_list(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    reply = await server.type(amina, "buddy join", field="health", never=omar.user)
    assert "I will never match you with" in reply.text
    await server.type(omar, "buddy join", field="health")
    await server.move(server.clock.now() + timedelta(days=7))
    letters = "".join(drawn_all(server, amina)) + "".join(drawn_all(server, omar))
    assert letters.count("I found no buddy for you this week.") == 2


def drawn_all(server: Simulated, who) -> list[str]:
    return [drawn([component.to_dict() for component in message.components]) for message in server.letters(who)]


def test_every_option_shows_its_limit_while_it_is_typed():
    seen = 0
    for command in everything().listed:
        payload = next(node for node in PAYLOADS if node["name"] == command.family)
        for word in command.name.split()[1:]:
            payload = next(node for node in payload["options"] if node["name"] == word)
        options = {node["name"]: node for node in payload["options"]}
        assert set(options) == {param.name for param in command.params}
        for param in command.params:
            if param.rule.limit:
                assert options[param.name]["max_length"] == param.rule.limit
                seen += 1
            if param.rule.bounds:
                assert (options[param.name]["min_value"], options[param.name]["max_value"]) == param.rule.bounds
    assert seen > 20

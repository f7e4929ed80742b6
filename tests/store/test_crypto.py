import base64
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, strategies as st

from bot.domain.ids import Who
from bot.store import communities, crypto, deliveries, members
from bot.store.batch import Tx
from bot.store.crypto import MOST_CACHED, SmallCache, Vault, person_key, seal, unseal, user_key, vault_of
from bot.store.database import open_database
from bot.store.errors import Corrupt, WrongKey
from bot.store.keyring import KeyRing
from bot.store.tables import community_keys, keys, members as member_table
from bot.store.types import Sealed
from tests.support.store import NOW, RING, open_store, path_in, someone

CANARY = "CANARY-Zdenka-Příliš"
OTHER = KeyRing.new("other")


def no_surrogates() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]))


def test_texts_come_back_as_they_were_written(tx: Tx, amina: Who):
    @given(st.dictionaries(no_surrogates(), st.none() | no_surrogates()))
    def comes_back(texts: dict[str, str | None]) -> None:
        sealed = seal(tx, "leads", amina.community, "row", texts)
        written = {name: text for name, text in texts.items() if text is not None}
        assert unseal(tx, sealed, amina.community, "row") == written

    comes_back()


def test_the_same_text_is_never_sealed_the_same_way(tx: Tx, amina: Who):
    boxes = {seal(tx, "leads", amina.community, "row", {"name": "Dana"}).box for _ in range(50)}
    assert len(boxes) == 50


def test_a_text_opens_only_where_it_was_written(tx: Tx, amina: Who, stranger: Who):
    sealed = seal(tx, "leads", amina.community, "row", {"name": "Dana"})
    for moved, community, row in (
        (sealed, amina.community, "another row"),
        (Sealed("asks", sealed.box), amina.community, "row"),
        (sealed, stranger.community, "row"),
    ):
        with pytest.raises(Corrupt):
            unseal(tx, moved, community, row)


def test_a_changed_text_is_refused(tx: Tx, amina: Who):
    box = seal(tx, "leads", amina.community, "row", {"name": "Dana"}).box

    @given(st.integers(0, len(box) - 1), st.integers(1, 255))
    def is_refused(place: int, change: int) -> None:
        changed = bytes([*box[:place], box[place] ^ change, *box[place + 1 :]])
        with pytest.raises(Corrupt):
            unseal(tx, Sealed("leads", changed), amina.community, "row")

    is_refused()
    for short in (b"", box[:1], box[:13], box[:20]):
        with pytest.raises(Corrupt):
            unseal(tx, Sealed("leads", short), amina.community, "row")


def test_two_rows_swapped_by_a_thief_are_refused(tx: Tx, amina: Who, omar: Who):
    rows = tx.execute(sa.select(member_table.c.id, member_table.c.private)).all()
    for (member, _), (_, private) in zip(rows, reversed(rows), strict=True):
        tx.execute(member_table.update().where(member_table.c.id == member).values(private=private))
    for who in (amina, omar):
        with pytest.raises(Corrupt):
            members.get(tx, who)


def test_people_are_compared_without_their_names_being_readable(tx: Tx, amina: Who, stranger: Who):
    here = amina.community
    assert person_key(tx, here, "dana\nnordik") == person_key(tx, here, "dana\nnordik")
    assert person_key(tx, here, "e\u0301ric") == person_key(tx, here, "\u00e9ric")
    assert person_key(tx, here, "dana") != person_key(tx, here, "daniel")
    assert person_key(tx, here, "dana") != user_key(tx, here, "dana")
    assert person_key(tx, here, "dana") != person_key(tx, stranger.community, "dana")
    assert b"dana" not in person_key(tx, here, "dana")


@pytest.mark.file_only("the bytes of a file")
async def test_a_stolen_file_shows_no_names(tmp_path: Path):
    async with open_store(tmp_path) as db:

        def work(tx: Tx) -> None:
            who = someone(tx, CANARY)
            members.update(tx, who, nickname=CANARY, work=CANARY)
            communities.ensure(tx, "console", "circle", CANARY, NOW)
            deliveries.record(tx, who, "d1", CANARY, "en", NOW)

        await db.write(work)
        files = [file.read_bytes() for file in tmp_path.iterdir()]
    files += [file.read_bytes() for file in tmp_path.iterdir()]
    for secret in (CANARY, CANARY.lower(), "Zdenka", "zdenka"):
        assert not any(secret.encode() in content for content in files)
    assert b"sqlite" in path_in(tmp_path).read_bytes().lower()


def test_a_community_without_its_key_is_gone_for_good(tx: Tx, amina: Who, stranger: Who):
    tx.execute(community_keys.delete().where(community_keys.c.community_id == amina.community))
    vault_of(tx).forget()
    with pytest.raises(Corrupt):
        members.get(tx, amina)
    assert members.get(tx, stranger).name == "Stranger"


def test_keys_are_opened_again_after_they_were_dropped_from_memory(tx: Tx, amina: Who):
    vault_of(tx).forget()
    assert members.get(tx, amina).name == "Amina"


def test_memory_holds_only_so_many_things():
    recent = SmallCache()
    for i in range(MOST_CACHED + 1):
        recent.put(i, i)
    assert recent.get(0) is None
    assert recent.get(MOST_CACHED) == MOST_CACHED


@pytest.mark.file_only("the bytes of a file")
async def test_keys_are_rotated_without_touching_the_texts(tmp_path: Path):
    async with open_store(tmp_path) as db:
        who = await db.write(someone)

    def private(tx: Tx) -> list[object]:
        return list(tx.execute(sa.select(member_table.c.private)).scalars())

    async with open_store(tmp_path, f"{OTHER},{RING}") as db:
        before = await db.read(private)
        assert await db.write(crypto.rewrap) == 1
        assert await db.write(crypto.rewrap) == 0
        assert await db.read(private) == before
    async with open_store(tmp_path, OTHER) as db:
        assert (await db.read(lambda tx: members.get(tx, who))).name == "Amina"
    with pytest.raises(WrongKey, match="lacks the key other"):
        await open_database(f"sqlite:///{path_in(tmp_path)}", KeyRing.parse(RING))


async def test_a_new_key_in_front_is_used_for_new_communities_only(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.write(someone)
    async with open_store(tmp_path, f"{OTHER},{RING}") as db:
        await db.write(lambda tx: someone(tx, "Omar", "elsewhere"))
        used = await db.read(lambda tx: set(tx.execute(sa.select(community_keys.c.key_id)).scalars()))
        proven = await db.read(lambda tx: set(tx.execute(sa.select(keys.c.key_id)).scalars()))
    assert used == proven == {"test", "other"}


@pytest.mark.file_only("the bytes of a file")
@pytest.mark.parametrize("wrong", [KeyRing.new("test"), OTHER], ids=["same-name", "other-name"])
async def test_a_wrong_key_is_refused_and_the_file_left_untouched(tmp_path: Path, wrong: str):
    async with open_store(tmp_path) as db:
        await db.write(someone)
    before = path_in(tmp_path).read_bytes()
    with pytest.raises(WrongKey, match="ENCRYPTION_KEYS") as refused:
        await open_database(f"sqlite:///{path_in(tmp_path)}", KeyRing.parse(wrong))
    assert wrong.split(":")[1] not in str(refused.value)
    assert path_in(tmp_path).read_bytes() == before
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: communities.find(tx, "console", "circle")) is not None


def test_a_wrapped_key_belongs_to_its_community():
    ring = KeyRing.parse(RING)
    wrapped = ring.wrap("here", b"k" * 32)
    assert ring.unwrap("here", "test", wrapped) == b"k" * 32
    for community, box in (("there", wrapped), ("here", wrapped[:-1]), ("here", b"")):
        with pytest.raises(Corrupt):
            ring.unwrap(community, "test", box)
    with pytest.raises(WrongKey, match="ENCRYPTION_KEYS"):
        ring.unwrap("here", "unknown", wrapped)


def test_a_missing_key_is_noticed_when_it_is_needed(tx: Tx, amina: Who):
    tx.info[crypto.VAULT] = Vault(KeyRing.parse(OTHER))
    with pytest.raises(WrongKey):
        members.get(tx, amina)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "k1",
        "k1:",
        "k1:abc",
        ":" + "A" * 44,
        "k 1:" + "A" * 43 + "=",
        "k1:é",
        "k1:" + "A" * 64,
        "k1:" + "A" * 43 + "=",  # 32 bytes of zero
        "k1:" + "/" * 42 + "8=",  # 32 bytes of one
        "k1:" + base64.b64encode(b"abcd" * 8).decode(),
        f"{RING},k2:" + "A" * 43 + "=",
    ],
)
def test_a_ring_that_cannot_be_used_is_refused_by_the_name_of_its_setting(text: str):
    with pytest.raises(WrongKey, match="ENCRYPTION_KEYS") as refused:
        KeyRing.parse(text)
    assert not text.strip() or text not in str(refused.value)


def test_a_ring_names_each_key_once():
    with pytest.raises(WrongKey):
        KeyRing.parse(f"{RING},{RING}")
    ring = KeyRing.parse(f" {RING} , {OTHER.replace('+', '-').replace('/', '_')} ")
    assert ring.current == "test"
    assert "other" in ring
    assert repr(ring) == "KeyRing(test, other)"
    assert not ring.fits("unknown", b"")
    assert not ring.fits("test", ring.proof("other"))

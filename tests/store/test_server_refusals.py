"""What the operator reads when a server refuses: one line with the reason and the way out, and never the password."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from adapters.wording import value_text, worded
from bot.store import communities
from bot.store.address import server_url, shown, shown_again
from bot.store.database import open_database
from bot.store.errors import Away, StartError
from bot.store.keyring import KeyRing
from bot.store.looking import check_server
from bot.store.postgres.faults import refusal
from bot.ui.voice import say
from tests.support import postgres
from tests.support.store import RING, open_store

pytestmark = pytest.mark.file_only("it looks at servers by itself")
SECRET = "hunter2"
MINE = f"of_{os.getpid()}"
"""Several processes of a run share its server."""


@pytest.mark.parametrize(
    "password",
    ["a@hunter2", "a@hunter2/x", "hunter2@b@c", "a@b?x=hunter2", "a@b#hunter2", "a/b@hunter2", "a%40@hunter2"],
)
def test_a_password_with_a_sign_of_urls_is_never_taken_for_the_server(password: str) -> None:
    url = f"postgresql://hello:{password}@db.example.org/circle"
    with pytest.raises(StartError, match="write %40 for it") as told:
        shown(url)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("password", ["hunter%402", "hunter/2", "hunter#2", "hunter?2", "hunter:2", "hunter%2"])
def test_other_signs_in_a_password_are_taken_as_they_are(password: str) -> None:
    url = server_url(f"postgresql://hello:{password}@db.example.org/circle")
    assert (url.host, url.database, url.password) == ("db.example.org", "circle", password.replace("%40", "@"))


@pytest.mark.parametrize(
    ("url", "english", "french"),
    [
        ("postgresql://rod:hunter2@127.0.0.1/rod", "rod on 127.0.0.1", "rod sur 127.0.0.1"),
        ("postgresql://rod:hunter2@/rod?host=/run/pg", "rod on /run/pg", "rod sur /run/pg"),
        ("postgresql:///rod", "rod on this machine", "rod sur cette machine"),
        ("postgresql:///rod?host=a&host=b", "rod on a, b", "rod sur a, b"),
    ],
)
def test_a_database_is_named_in_the_language_of_the_terminal(url: str, english: str, french: str) -> None:
    for name in (shown(url), shown_again(str(shown(url)))):
        assert str(name) == english
        told = refusal(StartError("The database {database} is empty.", database=name), name)
        assert isinstance(told, StartError)
        assert worded(told, "en") == f"The database {english} is empty."
        assert french in worded(told, "fr")
        assert say(value_text(name), "fr") == french
    assert shown_again("/srv/data on disk/circle.db") == "/srv/data on disk/circle.db"


def test_a_server_that_does_not_answer_is_named_in_french() -> None:
    with pytest.raises(StartError) as told:
        check_server("postgresql://rod:hunter2@127.0.0.1:1/rod")
    assert worded(told.value, "fr").startswith("La base de données rod sur 127.0.0.1")


@pytest.fixture(scope="module")
def there() -> Iterator[str]:
    """A server with a database of another encoding, one of somebody else, and one that is only read."""
    with postgres.connected() as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(f"nobodys_{MINE}")))
        statement = sql.SQL("CREATE DATABASE {} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        server.execute(statement.format(sql.Identifier(f"latin_{MINE}")))
        postgres.create(f"closed_{MINE}")
        server.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM public").format(sql.Identifier(f"closed_{MINE}")))
    yield f"host={postgres.start()}"
    for name in ("latin", "closed"):
        postgres.drop(f"{name}_{MINE}")
    with postgres.connected() as server:
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(f"nobodys_{MINE}")))


REFUSED = {
    "circle:hunter2@/nosuch?{at}": ('database "nosuch" does not exist', "CREATE DATABASE"),
    "wrong:hunter2@/postgres?{at}": ('role "wrong" does not exist', "Correct the user or the password in DATABASE_URL"),
    "circle:hunter2@/latin_{mine}?{at}": ("keeps letters as LATIN1", "ENCODING 'UTF8'"),
    "nobodys_{mine}:hunter2@/closed_{mine}?{at}": (
        "permission denied for database",
        "Take the user to whom the database belongs",
    ),
    "circle:hunter2@/postgres?host=/nowhere": (
        "No such file or directory",
        "Look whether DATABASE_URL is right, the server runs",
    ),
    "circle:hunter2@127.0.0.1:1/postgres": (
        "Connection refused",
        "Look whether DATABASE_URL is right, the server runs",
    ),
    "circle:hunter2@nowhere.invalid/postgres": ("resolve host", "Correct the name of the server"),
    "circle:hunter2@/postgres?{at}&sslmode=vrify": ("sslmode", "Correct this part of DATABASE_URL"),
    "circle:hunter2@/postgres?{at}&ssl=true": ("connection option", "Correct this part of DATABASE_URL"),
    "circle:hunter2@127.0.0.1:99999/postgres": ("port number", "Correct this part of DATABASE_URL"),
    "circle:hunter2@/postgres?{at}&target_session_attrs=read-write&options=-cdefault_transaction_read_only=on": (
        "session is read-only",
        "Name a server that may be written",
    ),
}
WAITED_FOR = "No such file or directory", "Connection refused", "session is read-only"
"""What may end by itself."""


@pytest.mark.parametrize("url", REFUSED)
def test_each_refusal_says_why_and_what_to_do_in_one_line(there: str, url: str) -> None:
    why, mend = REFUSED[url]
    with pytest.raises(StartError) as refused:
        check_server(f"postgresql://{url.format(at=there, mine=MINE)}")
    told = str(refused.value)
    assert why in told
    assert mend in told
    assert "\n" not in told
    assert SECRET not in told
    assert isinstance(refused.value, Away) is (why in WAITED_FOR)


def test_a_user_without_rights_is_told_who_may(there: str) -> None:
    with postgres.connected() as server:
        server.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(f"nobodys_{MINE}")))
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as fault:
            server.execute("CREATE TABLE public.mine (id int)")
    told = str(refusal(fault.value, "circle on db"))
    assert "permission denied for schema public. Take the user" in told
    assert "^" not in told


@pytest.mark.server_only
async def test_a_user_of_few_connections_is_enough_for_a_script_and_refused_to_a_bot(tmp_path: Path) -> None:
    async with open_store(tmp_path):
        pass
    with postgres.narrow_user(2) as user:
        database = await open_database(postgres.address(postgres.database_of(tmp_path), user), KeyRing.parse(RING))
        try:
            assert await database.write(communities.count) == await database.read(communities.count) == 0
            with pytest.raises(StartError) as refused:
                await database.connect()
        finally:
            await database.close()
    told = str(refused.value)
    assert f'too many connections for role "{user}". Raise max_connections, or the limit of the user' in told

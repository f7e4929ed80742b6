"""How SQLAlchemy speaks to PostgreSQL here: texts are compared by their bytes and JSON is text, both as in SQLite.

So a list has the same order on both, a row is the same value on both, and a migration is written once.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.compiler import compiles

from bot.store.postgres.pipeline import ServerConnection, StatementPipeline

NAME = "postgresql.circle"


@compiles(sa.Text, "postgresql")
def _text(kind: sa.Text, compiler: Any, **kw: Any) -> str:
    """Write a text; one that a column keeps is compared by its bytes, whatever the server's language is."""
    return 'TEXT COLLATE "C"' if isinstance(kw.get("type_expression"), sa.Column) else "TEXT"


@compiles(sa.JSON, "postgresql")
def _json(kind: sa.JSON, compiler: Any, **kw: Any) -> str:
    """Write JSON, which nothing is looked up in, as the text that it is in SQLite too."""
    return _text(sa.Text(), compiler, **kw)


class PlainBytes(sa.LargeBinary):
    """Bytes, which psycopg takes as they are."""

    def bind_processor(self, dialect: sa.Dialect) -> None:
        """Give a value on as it is."""


class CircleDialect(PGDialect_psycopg):
    """PostgreSQL by psycopg, with the types above."""

    supports_statement_cache = True
    supports_native_json_serialization = False
    supports_native_json_deserialization = False
    dialect_injects_custom_json_deserializer = False
    colspecs = {kind: ours for kind, ours in PGDialect_psycopg.colspecs.items() if kind is not sa.JSON} | {
        sa.LargeBinary: PlainBytes
    }

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Connect; what goes past SQLAlchemy waits on the same connection."""
        return ServerConnection.connect(*cargs, **cparams)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run a statement for each of many rows, in one message that ends with its sync.

        After psycopg's own way for many rows, a server does not watch any more how long a transaction stands still.
        """
        pipeline: StatementPipeline | None = cursor.connection.statement_pipeline
        if pipeline is None:
            super().do_executemany(cursor, statement, parameters, context)
            return
        for values in parameters:
            pipeline.send(statement, values)
        pipeline.settle()


registry.register(NAME, __name__, "CircleDialect")


def engine_of(url: sa.URL, **arguments: Any) -> sa.Engine:
    """Make what connects to a server; each connection is made and ended by hand, and so is each transaction."""
    return sa.create_engine(
        url.set(drivername=NAME.replace(".", "+")),
        poolclass=sa.NullPool,
        paramstyle="format",
        use_native_hstore=False,
        connect_args={"application_name": "hello-circle", **arguments},
    ).execution_options(isolation_level="AUTOCOMMIT")

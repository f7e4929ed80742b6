"""Every table can be shared out by community: its keys begin with it, and nothing joins or counts across communities."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import store
from bot.store.tables import METADATA

FIRST = "community_id"
OF_ALL = {
    "communities": "it is what the others are shared out by; the platform's name of one finds it",
    "kept": "small facts of the program itself, of nobody",
    "keys": "proofs of the operator's keys",
    "processes": "which processes run, of nobody",
    "leases": "what each process holds, of nobody",
    "turns": "what every process has to wait for, of nobody",
    "installations": "what lets the bot into a workspace, before there is a community",
    "installed_teams": "which installation serves a workspace, before there is a community",
    "install_states": "who is adding the bot at this moment, before there is a community",
}
"""Tables that every part of a distribution has whole: few rows, read often, seldom written."""
ACROSS = {
    ("links", "other_community"): "a link joins two communities; it is kept with the one that follows",
    ("link_codes", "other_community"): "a question from one community to another, for ten minutes",
    ("link_codes", "code_key"): "a code is typed where nobody knows yet whose it is",
}
"""Keys and indexes that lead from one community to another, by the column that they begin with."""
DUE = {"agenda", "posts", "notices", "deliveries", "drafts"}
"""Tables with an index by time, by which rounds find what is due anywhere; it is never a key."""

SHARED_OUT = [table for table in METADATA.sorted_tables if table.name not in OF_ALL]


def keys_of(table: sa.Table) -> Iterator[list[str]]:
    """Give the columns of everything in a table that must be unique, or names another row."""
    yield [column.name for column in table.primary_key.columns]
    kinds = (sa.UniqueConstraint, sa.ForeignKeyConstraint)
    yield from ([column.name for column in key.columns] for key in table.constraints if isinstance(key, kinds))
    yield from ([column.name for column in index.columns] for index in table.indexes if index.unique)


def allowed_in(table: sa.Table) -> set[str]:
    """Give the columns of a table that may lead to another community."""
    return {column for name, column in ACROSS if name == table.name}


def test_every_key_begins_with_the_community() -> None:
    for table in SHARED_OUT:
        begins = {key[0] for key in keys_of(table)}
        assert begins - {FIRST} == allowed_in(table), table.name


def test_a_row_names_another_row_of_its_own_community() -> None:
    for table in SHARED_OUT:
        for key in table.foreign_key_constraints:
            first = key.elements[0]
            if (table.name, first.parent.name) not in ACROSS:
                assert first.parent.name == FIRST
                assert first.target_fullname in {"communities.id", f"{key.referred_table.name}.{FIRST}"}


def test_every_other_index_is_for_one_community_or_for_what_is_due() -> None:
    for table in SHARED_OUT:
        begins = {index.columns[0].name for index in table.indexes if not index.unique} - {FIRST} - allowed_in(table)
        by_time = {column for column in begins if isinstance(table.c[column].type, sa.types.TypeDecorator)}
        assert begins == by_time, table.name
        assert not by_time or table.name in DUE


def counts_along(column: sa.Column[Any]) -> bool:
    """Tell whether the database itself gives each new row the next number."""
    default = str(getattr(column.server_default, "arg", ""))
    return column.identity is not None or isinstance(column.default, sa.Sequence) or "nextval" in default


def test_no_number_is_counted_for_all_communities_together() -> None:
    assert [table.name for table in METADATA.sorted_tables if table.autoincrement_column is not None] == []
    assert [str(column) for table in METADATA.sorted_tables for column in table.columns if counts_along(column)] == []


def test_the_exceptions_are_tables_that_there_are() -> None:
    named = {*OF_ALL, *DUE, *(name for name, _ in ACROSS)}
    assert named <= set(METADATA.tables)


def sources() -> Iterator[tuple[str, str]]:
    """Give each file of the store that asks the database, with its source."""
    for file in sorted(Path(store.__path__[0]).rglob("*.py")):
        if "migrations" not in file.parts:
            yield file.name, file.read_text(encoding="utf-8")


def joins() -> Iterator[tuple[str, str]]:
    """Give every join that the store writes, with where it stands."""
    for file, source in sources():
        for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            # What joins texts takes one thing.
            if name in {"join_from", "outerjoin"} or (name == "join" and len(call.args) > 1):
                yield f"{file}:{call.lineno}", " ".join(ast.unparse(argument) for argument in call.args)


def test_what_is_joined_is_of_one_community() -> None:
    joined = dict(joins())
    assert len(joined) > 5
    by_community = re.compile(rf"\b{FIRST}\b|\bcommunities\b|\bhomes\b|\b_is_member\b|\b_is_linked\b")
    across = {where for where, words in joined.items() if not by_community.search(words)}
    assert {where.partition(":")[0] for where in across} <= {"installations.py"}


def column_of(node: ast.expr) -> tuple[str, str] | None:
    """Read `table.c.column`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "c":
        return ast.unparse(node.value.value), node.attr
    return None


def compared(source: str) -> Iterator[tuple[frozenset[str], set[str]]]:
    """Give each pair of tables whose rows a function, or the top of a file, compares, and by which columns."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(part) for function in functions for part in ast.walk(function)}
    top = [node for node in ast.walk(tree) if id(node) not in inside]
    for nodes in (top, *(list(ast.walk(function)) for function in functions)):
        pairs: dict[frozenset[str], set[str]] = {}
        for node in nodes:
            ends = [column_of(end) for end in (node.left, *node.comparators)] if isinstance(node, ast.Compare) else []
            columns = [end for end in ends if end is not None]
            if len(columns) == 2 and columns[0][0] != columns[1][0]:
                pairs.setdefault(frozenset(table for table, _ in columns), set()).update(name for _, name in columns)
        yield from pairs.items()


def test_rows_are_compared_with_rows_of_their_own_community() -> None:
    comparisons = [(file, pair, by) for file, source in sources() for pair, by in compared(source)]
    assert len(comparisons) > 10
    assert {file for file, _, by in comparisons if FIRST not in by} == {"installations.py"}

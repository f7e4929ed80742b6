"""The time is read once for each decision: a second reading is another instant, and a comparison of the two a fault."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef
MEND = "read the clock once, and pass the instant on"


def name_of(node: ast.expr) -> str:
    """Give the last name of an expression: of `self._clock`, `SystemClock()` and `clock` what stands last."""
    match node:
        case ast.Call():
            return name_of(node.func)
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
        case _:
            return ""


def is_reading(node: ast.AST) -> bool:
    """Tell whether a clock is read here, or its `now` handed on to be called."""
    return isinstance(node, ast.Attribute) and node.attr == "now" and "clock" in name_of(node.value).lower()


def functions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, Function]]:
    """Give every function and method with its name; what stands in a function is a part of it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield f"{inside}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{node.name}.")
        else:
            yield from functions(node, inside)


def calls(function: Function, inside: str) -> Iterator[str]:
    """Give the names of the functions of the same class or file that a function calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    yield name
                case ast.Attribute(value=ast.Name(id="self"), attr=name):
                    yield f"{inside}{name}"


def readings(source: str) -> dict[str, int]:
    """Count how often each function reads the time, through helpers that do not wait too.

    A helper that is waited for decides for itself, because time has passed until it begins.
    """
    by_name = dict(functions(ast.parse(source)))

    def count(name: str, above: frozenset[str] = frozenset()) -> int:
        function = by_name[name]
        inside = name.rpartition(".")[0] + "." if "." in name else ""
        own = sum(is_reading(node) for node in ast.walk(function))
        helpers = [called for called in calls(function, inside) if called in by_name and called not in {*above, name}]
        quick = [helper for helper in helpers if isinstance(by_name[helper], ast.FunctionDef)]
        return own + sum(count(helper, above | {name}) for helper in quick)

    return {name: count(name) for name in by_name}


def test_no_function_reads_the_time_twice() -> None:
    files = [file for folder in ("bot", "adapters") for file in (ROOT / folder).rglob("*.py")]
    counted = {(file, name): n for file in files for name, n in readings(file.read_text(encoding="utf-8")).items()}
    twice = [
        f"{file.relative_to(ROOT)}: {name} reads the time {n} times" for (file, name), n in counted.items() if n > 1
    ]
    assert twice == [], MEND
    assert sum(n == 1 for n in counted.values()) > 10, "the check sees who reads the time"


REFUSED = {
    "a comparison": "def f(clock):\n    return clock.now() < known.get(key, clock.now())",
    "two lines": "def f(self):\n    a = self._clock.now()\n    return a - self._clock.now()",
    "a lambda": "async def f(self):\n    now = self.clock.now()\n    await db.write(lambda tx: leave(tx, self.clock.now()))",
    "a function in it": "def f(clock):\n    def g():\n        return clock.now()\n    return g() - clock.now()",
    "two branches": "def f(self):\n    if x:\n        a(self.clock.now())\n    else:\n        b(self.clock.now())",
    "handed on": "def f(clock):\n    return ask(clock.now, clock.now())",
    "a helper": "def late():\n    return clock.now()\ndef f():\n    return late() - clock.now()",
    "a helper twice": "def late():\n    return clock.now()\ndef f():\n    return late() - late()",
    "a helper's helper": (
        "class C:\n    def a(self):\n        return self.b()\n    def b(self):\n        return self.clock.now()\n"
        "    def f(self):\n        return self.a() - self.clock.now()"
    ),
    "a new clock": "def f():\n    return SystemClock().now() - SystemClock().now()",
}
TAKEN = {
    "once": "def f(self):\n    now = self._clock.now()\n    return now - now",
    "each of two": "def f(clock):\n    return clock.now()\ndef g(clock):\n    return clock.now()",
    "not a clock": "def f(self):\n    return self.present.now() - self.present.now()",
    "one that is waited for": "async def g():\n    return clock.now()\nasync def f():\n    a = clock.now()\n    await g()",
    "of another class": "class A:\n    def g(self):\n        clock.now()\nclass B:\n    def f(self):\n        self.g(clock.now())",
    "itself": "def f(n):\n    return f(n - 1) if n else clock.now()",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_a_second_reading_is_seen(source: str) -> None:
    assert max(readings(source).values()) > 1


@pytest.mark.parametrize("source", TAKEN.values(), ids=TAKEN)
def test_one_reading_is_taken(source: str) -> None:
    assert max(readings(source).values()) == 1 or "present" in source

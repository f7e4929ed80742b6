"""How a command of `hello-circle` ends: well, or with one line and 2."""

import asyncio
from collections.abc import Coroutine

import typer


def do(work: Coroutine[object, object, str | None]) -> None:
    """Run a command to its end, and finish with its problem, if it returned one."""
    finish(asyncio.run(work))


def finish(problem: str | None) -> None:
    """Print a problem as one line and leave with 2; a problem is for the person who started this."""
    if problem is not None:
        typer.echo(f"hello-circle: {problem}", err=True)
        raise typer.Exit(2)

"""Things that wait are taken in turn: one of each owner, then the next of each, so that nobody's pile holds others up."""

from collections import deque
from collections.abc import Container, Generator, Iterable
from contextlib import contextmanager
from contextvars import Context, ContextVar
from typing import Generic, Protocol, TypeVar


class Owned(Protocol):
    """Something that waits for its owner."""

    @property
    def owner(self) -> str:
        """Whose it is; the same text for the same owner."""
        ...


T = TypeVar("T", bound=Owned)
_OWNER: ContextVar[str] = ContextVar("owner", default="")


@contextmanager
def on_behalf_of(owner: str) -> Generator[None]:
    """Let every work that is given to the store inside wait in the turn of an owner, such as a community."""
    before = _OWNER.set(owner)
    try:
        yield
    finally:
        _OWNER.reset(before)


def present_owner() -> str:
    """Name on whose behalf the present work is done; the bot's own rounds have no name."""
    return _OWNER.get()


def owner_in(context: Context) -> str:
    """Name on whose behalf a work is done that was begun in a context."""
    return context.get(_OWNER, "")


class Turns(Generic[T]):
    """What waits, by owner; owners come round one after the other, and each one's things in their order."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[T]] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, thing: T) -> None:
        """Let a thing wait behind its owner's others."""
        self._waiting.setdefault(thing.owner, deque()).append(thing)

    def put_back(self, things: Iterable[T]) -> None:
        """Let things that were taken and not done wait before all others, in the order they were taken."""
        first: dict[str, deque[T]] = {}
        for thing in things:
            first.setdefault(thing.owner, deque()).append(thing)
        for owner, waiting in self._waiting.items():
            first.setdefault(owner, deque()).extend(waiting)
        self._waiting = first

    def take(self, most: int) -> list[T]:
        """Take at most so many things, in turn; whoever had theirs taken comes behind those who wait still."""
        taken: list[T] = []
        while self._waiting and len(taken) < most:
            owner = next(iter(self._waiting))
            waiting = self._waiting.pop(owner)
            taken.append(waiting.popleft())
            if waiting:
                self._waiting[owner] = waiting
        return taken

    def take_one(self, leaving: Container[str]) -> T | None:
        """Take the next thing in turn, leaving those of some owners; None when there is none."""
        owner = next((owner for owner in self._waiting if owner not in leaving), None)
        if owner is None:
            return None
        waiting = self._waiting.pop(owner)
        taken = waiting.popleft()
        if waiting:
            self._waiting[owner] = waiting
        return taken

    def take_all(self) -> list[T]:
        """Take everything that waits."""
        return self.take(sum(map(len, self._waiting.values())))

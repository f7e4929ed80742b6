"""Things that wait are taken in turn: one of each owner, then the next of each, so that nobody's pile holds others up."""

from collections import Counter, deque
from collections.abc import Callable, Container, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
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


class Owners(Container[str]):
    """The owners of whom as many things are done at this moment as may be."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: Counter[str] = Counter()

    def __contains__(self, owner: object) -> bool:
        return self._begun[str(owner)] >= self._most

    def begin(self, owner: str) -> None:
        """Note that something of an owner is begun."""
        self._begun[owner] += 1

    def end(self, owner: str) -> None:
        """Note that something of an owner is done."""
        self._begun[owner] -= 1
        if not self._begun[owner]:
            del self._begun[owner]


class Turns(Generic[T]):
    """What waits, by owner; owners come round one after the other, and each one's things in their order."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[T]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

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
        return self._take_first(lambda thing: thing.owner not in leaving)

    def take_some(self, most: int, leaving: Container[str], joins: Callable[[T], bool]) -> list[T]:
        """Take the next thing as `take_one`, and in turn what is to be done with it, if it and they may join others."""
        first = self.take_one(leaving)
        taken = [] if first is None else [first]
        if first is None or not joins(first):
            return taken
        while len(taken) < most:
            other = self._take_first(lambda thing: thing.owner not in leaving and joins(thing))
            if other is None:
                break
            taken.append(other)
        return taken

    def _take_first(self, chosen: Callable[[T], bool]) -> T | None:
        """Take the first thing of the first owner whose it may be; that owner comes behind all others."""
        owner = next((owner for owner, waiting in self._waiting.items() if chosen(waiting[0])), None)
        if owner is None:
            return None
        waiting = self._waiting.pop(owner)
        taken = waiting.popleft()
        if waiting:
            self._waiting[owner] = waiting
        return taken

    def take_all(self) -> list[T]:
        """Take everything that waits."""
        return self.take(len(self))

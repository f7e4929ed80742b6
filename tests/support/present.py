"""What a test knows to be there."""

from typing import TypeVar

T = TypeVar("T")


def present(thing: T | None) -> T:
    """Give what must be there.

    Raises:
        AssertionError: it is not.
    """
    assert thing is not None
    return thing

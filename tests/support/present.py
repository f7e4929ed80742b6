"""What a test knows to be there."""

from typing import TypeVar

T = TypeVar("T")


def present(value: T | None) -> T:
    """Give what must be there.

    Raises:
        AssertionError: it is not.
    """
    assert value is not None
    return value

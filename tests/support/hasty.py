"""A platform that acknowledges before anything else, as after a second in which the store said nothing."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from adapters.answering import DelayedAck


class Hasty(DelayedAck[Any]):
    """Has no patience at all; also where time stands still."""

    def __init__(self, seconds: float, acknowledge: Callable[[], Coroutine[Any, Any, object]]) -> None:
        super().__init__(seconds, acknowledge)
        asyncio.get_running_loop().call_soon(self._lose)

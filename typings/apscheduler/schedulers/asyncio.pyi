# The part of APScheduler 3 that the bot uses; the package brings no types of its own.
from collections.abc import Awaitable, Callable
from datetime import tzinfo

from apscheduler.events import JobExecutionEvent

class AsyncIOScheduler:
    def __init__(self, *, timezone: tzinfo) -> None: ...
    def add_job(
        self,
        func: Callable[[], Awaitable[None]],
        trigger: str,
        *,
        seconds: int,
        misfire_grace_time: int | None,
        coalesce: bool,
        max_instances: int,
    ) -> object: ...
    def add_listener(self, callback: Callable[[JobExecutionEvent], None], mask: int) -> None: ...
    def start(self) -> None: ...
    def shutdown(self, *, wait: bool) -> None: ...

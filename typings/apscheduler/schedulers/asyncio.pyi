# What we use of APScheduler's scheduler, which has no types.

from collections.abc import Callable, Coroutine
from datetime import tzinfo

from apscheduler.job import Job
from apscheduler.triggers.base import BaseTrigger

class AsyncIOScheduler:
    running: bool

    def __init__(self, *, timezone: tzinfo) -> None: ...
    def start(self) -> None: ...
    def shutdown(self) -> None: ...
    def add_job(
        self,
        func: Callable[[], Coroutine[object, object, None]],
        trigger: BaseTrigger,
        *,
        name: str,
        coalesce: bool,
        max_instances: int,
        misfire_grace_time: int | None,
    ) -> Job: ...

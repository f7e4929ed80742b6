# What we use of APScheduler's jobs, which have no types.

from datetime import datetime

class Job:
    next_run_time: datetime

    def modify(self, *, next_run_time: datetime) -> Job: ...

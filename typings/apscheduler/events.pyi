# The part of APScheduler 3 that the bot uses; the package brings no types of its own.
EVENT_JOB_ERROR: int
EVENT_JOB_MISSED: int

class JobExecutionEvent:
    exception: Exception | None

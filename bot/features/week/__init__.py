"""The member's plan of a week and its report, and the week that an event counts in."""

from bot.features.registry import family
from bot.features.week.checkin import week_question as week_question
from bot.features.week.digest_hour import (
    DIGEST as DIGEST,
    digest_day as digest_day,
    next_digest as next_digest,
    posting_after as posting_after,
)
from bot.features.week.progress import progress as progress
from bot.features.week.recording import (
    RecordedWeek as RecordedWeek,
    posting_of as posting_of,
    record as record,
    stays_note as stays_note,
)
from bot.features.week.ref import WeekId as WeekId
from bot.features.week.running import this_week as this_week
from bot.ui.text import t

family("week", t("Your plan for the week, and how it went."), place=6, stands_alone=True)

"""What hypothesis makes for the rules: weeks, days, clocks, names and scores."""

from datetime import date

from hypothesis import strategies as st

from bot.domain.ids import MemberId
from bot.domain.lead import DueReason, FollowUpClock, Stage
from bot.domain.leaderboard import Score
from bot.domain.week import Week

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
weeks = st.builds(Week.of, days)
names = st.text(min_size=1, max_size=12)
clocks = st.builds(
    FollowUpClock,
    st.sampled_from(Stage),
    st.integers(0, 5),
    st.none() | days,
    st.none() | st.sampled_from(DueReason),
)
scores = st.lists(
    st.builds(Score, st.uuids().map(lambda uuid: MemberId(str(uuid))), names, st.integers(0, 10)), max_size=12
)

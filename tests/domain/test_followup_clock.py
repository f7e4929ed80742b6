"""The follow-up clock of a person: one clock, any logged contact starts it again, days are working days."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from bot.domain.ids import LeadId
from bot.domain.lead import (
    TRIES,
    DueReason,
    FollowUpClock,
    HelloInterval,
    Lead,
    Stage,
    after_ask,
    after_calling_off,
    after_done,
    after_meeting,
    after_plan,
    after_reply,
    closed,
    in_rhythm,
    not_before,
    read_clock,
    reopened,
    snoozed,
    stopped,
    write_clock,
)
from bot.domain.workdays import SATURDAY, next_monday, plus_working_days, working_day
from tests.domain.made import clocks, days
from tests.support.present import present

WEEK = timedelta(days=7)
NOW = datetime(2026, 3, 9, tzinfo=UTC)


@given(clocks, days)
def test_an_ask_makes_a_follow_up_due_a_week_later_on_a_working_day(clock, day):
    after = after_ask(clock, day)
    if clock.stage is Stage.MEETING:
        assert after == FollowUpClock(Stage.MEETING)
        return
    assert after.due == working_day(day + WEEK)
    assert present(after.due).weekday() < SATURDAY
    assert after.tries == clock.tries + 1


@given(days)
def test_the_third_try_without_an_answer_ends_in_a_goodbye(day):
    clock, reasons = FollowUpClock(), list[DueReason | None]()
    for _ in range(TRIES):
        clock = after_ask(clock, day)
        reasons.append(clock.reason)
        day = present(clock.due)
    assert reasons == [DueReason.FOLLOW_UP, DueReason.FOLLOW_UP, DueReason.GOODBYE]
    assert clock.stage is Stage.ASKED


@given(days)
def test_doing_the_follow_up_counts_as_the_next_try(day):
    first = after_ask(FollowUpClock(), day)
    second = after_done(first, present(first.due))
    assert (second.tries, second.reason, second.due) == (2, DueReason.FOLLOW_UP, working_day(present(first.due) + WEEK))
    third = after_done(second, present(second.due))
    assert after_done(third, present(third.due)).stage is Stage.CLOSED


@given(clocks, days)
def test_an_answer_starts_again_and_a_time_is_due_in_two_working_days(clock, day):
    after = after_reply(clock, day)
    if clock.stage is Stage.MEETING:
        assert after == FollowUpClock(Stage.MEETING)
    elif clock.stage in {Stage.MET, Stage.IN_TOUCH} and clock.tries == 0:
        assert after == clock
    else:
        assert (after.tries, after.reason) == (0, DueReason.PROPOSE_TIME)
        assert after.due == plus_working_days(day, 2)


@given(clocks, days)
def test_after_a_meeting_thanks_are_due_within_a_day_then_news_then_a_monthly_hello(clock, day):
    thanks = after_meeting(clock, day)
    assert (thanks.reason, thanks.due) == (DueReason.THANK_YOU, day + timedelta(days=1))
    news = after_done(thanks, present(thanks.due))
    assert (news.reason, news.due) == (DueReason.PROGRESS, working_day(present(thanks.due) + WEEK))
    hello = after_done(news, present(news.due))
    again = after_done(hello, present(hello.due))
    assert hello.stage is again.stage is Stage.IN_TOUCH
    assert again.reason is DueReason.KEEP_IN_TOUCH
    assert again.due == working_day(present(hello.due) + timedelta(days=HelloInterval.MONTH.days))


@given(days)
def test_who_was_met_and_asked_for_another_day_is_asked_again_and_not_followed_up(day):
    off = after_calling_off(day, met=True)
    assert (off.stage, off.reason) == (Stage.MET, DueReason.PROPOSE_AGAIN)
    for waiting in (off, snoozed(after_reply(FollowUpClock(Stage.MET, 1), day), day)):
        asked = after_ask(waiting, day)
        assert (asked.stage, asked.tries, asked.reason) == (Stage.MET, 1, DueReason.ASK_AGAIN)
    assert after_ask(FollowUpClock(Stage.MET, reason=DueReason.PROGRESS), day).reason is DueReason.FOLLOW_UP


@given(days)
def test_who_answered_and_then_is_silent_is_written_to_three_times_too(day):
    clock, reasons = after_reply(FollowUpClock(), day), []
    for _ in range(TRIES):
        clock = after_done(clock, present(clock.due))
        reasons.append((clock.stage, clock.reason))
    assert reasons == [
        (Stage.REPLIED, DueReason.ASK_AGAIN),
        (Stage.REPLIED, DueReason.ASK_AGAIN),
        (Stage.REPLIED, DueReason.GOODBYE),
    ]
    assert after_done(clock, present(clock.due)).stage is Stage.CLOSED


@given(clocks, days)
def test_nobody_who_answered_waits_because_there_was_no_answer(clock, day):
    for after in (after_ask(clock, day), after_done(clock, day)):
        if after.stage is Stage.REPLIED and after != clock:
            assert after.reason is not DueReason.FOLLOW_UP


@given(clocks)
def test_a_clock_is_read_back_as_it_was_written(clock):
    assert read_clock(write_clock(clock)) == clock


@given(clocks, days)
def test_a_planned_meeting_waits_until_it_was_held(clock, day):
    assert after_plan(clock) == FollowUpClock(Stage.MEETING)
    assert after_done(after_plan(clock), day) == after_plan(clock)


@given(clocks, days)
def test_going_on_with_a_stage_never_goes_back(clock, day):
    asked = after_ask(clock, day).stage
    assert asked is (Stage.ASKED if clock.stage in {Stage.NEW, Stage.ASKED, Stage.CLOSED} else clock.stage)
    held = after_meeting(clock, day).stage
    assert held is (Stage.IN_TOUCH if clock.stage is Stage.IN_TOUCH else Stage.MET)
    further = {Stage.MEETING, Stage.MET, Stage.IN_TOUCH}
    assert after_reply(clock, day).stage is (clock.stage if clock.stage in further else Stage.REPLIED)


@given(clocks, days)
def test_waiting_stopping_and_closing(clock, day):
    assert snoozed(clock, day).due == (day if clock.due else None)
    assert (stopped(clock).due, stopped(clock).reason, stopped(clock).stage) == (None, None, clock.stage)
    assert closed(clock) == FollowUpClock(Stage.CLOSED, clock.tries)
    assert reopened(None, day, asked=True, met=False) == FollowUpClock()
    assert reopened(None, day, asked=True, met=True) == FollowUpClock(Stage.MET)
    again = reopened(clock, day, asked=True, met=True)
    assert again == (FollowUpClock(Stage.MET) if clock.reason is DueReason.GOODBYE else not_before(clock, day))


@given(clocks, days)
def test_what_is_logged_late_is_never_due_in_the_past(clock, day):
    after = not_before(clock, day)
    assert (after.due is None) == (clock.due is None)
    assert after.due is None or after.due == max(clock.due, day)


@given(days, st.integers(0, 30))
def test_working_days_leave_the_weekend_out(day, number):
    later = plus_working_days(day, number)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert sum(day_between.weekday() < SATURDAY for day_between in between) == number
    assert number == 0 or later.weekday() < SATURDAY
    assert 0 < (next_monday(day) - day).days <= 7
    assert next_monday(day).weekday() == 0


@given(days, st.integers(0, 12), st.frozensets(days, max_size=8))
def test_a_working_day_is_never_off_and_none_is_counted_that_is(day, number, off):
    off = off | {day + timedelta(days=n) for n in range(2)}
    chosen = working_day(day, off.__contains__)
    assert chosen.weekday() < SATURDAY
    assert chosen not in off
    between = [day + timedelta(days=n) for n in range((chosen - day).days)]
    assert all(other.weekday() >= SATURDAY or other in off for other in between)
    later = plus_working_days(day, number, off.__contains__)
    passed = [day + timedelta(days=n + 1) for n in range((later - day).days)]
    assert sum(other.weekday() < SATURDAY and other not in off for other in passed) == number


@given(clocks, days, st.sampled_from(HelloInterval), st.sampled_from(HelloInterval))
def test_a_rhythm_moves_the_next_hello_and_nothing_else(clock, today, before, after):
    lead = Lead(LeadId("x"), "Dana", "Nordik", "x", clock, NOW, every=before)
    changed = in_rhythm(lead, after, today)
    assert changed.every is after
    says_hello = clock.reason is DueReason.KEEP_IN_TOUCH and clock.due is not None
    if says_hello or (clock.stage in {Stage.MET, Stage.IN_TOUCH} and clock.due is None):
        assert present(changed.clock.due) > today
        assert changed.clock.reason is DueReason.KEEP_IN_TOUCH
        assert (changed.clock.stage, changed.clock.tries) == (clock.stage, clock.tries)
    else:
        assert changed.clock == clock

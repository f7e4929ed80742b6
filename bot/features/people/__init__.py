"""The people on a member's list: reading them, moving their follow-up clock, and the words for them."""

from bot.features.people.asking import (
    LoggedAsk as LoggedAsk,
    due_fields as due_fields,
    keep_clock as keep_clock,
    log_answer as log_answer,
    log_ask as log_ask,
    message_number as message_number,
    reopen as reopen,
    take_back_answer as take_back_answer,
    take_back_ask as take_back_ask,
)
from bot.features.people.naming import (
    NAME as NAME,
    ORGANISATION as ORGANISATION,
    WHY as WHY,
    chain_of as chain_of,
    from_whom as from_whom,
)
from bot.features.people.next_buttons import (
    answered_button as answered_button,
    as_it_is as as_it_is,
    next_buttons as next_buttons,
    told_button as told_button,
)
from bot.features.people.off_and_on import call_off as call_off
from bot.features.people.refs import LeadRef as LeadRef, own_lead as own_lead
from bot.features.people.reopening import (
    ALL_CLOSED as ALL_CLOSED,
    WHAT_THEN as WHAT_THEN,
    after_all_closed as after_all_closed,
    still_open as still_open,
)
from bot.features.people.same_person import SAME as SAME, who_is as who_is
from bot.features.people.wording import (
    CLOSE_REASONS as CLOSE_REASONS,
    DUE as DUE,
    EVERY as EVERY,
    KNOWS as KNOWS,
    KNOWS_TERM as KNOWS_TERM,
    STAGES as STAGES,
    TALKS as TALKS,
    TOPICS as TOPICS,
    WORDINGS as WORDINGS,
    amount_words as amount_words,
    due_sentence as due_sentence,
    person as person,
    rate_words as rate_words,
    why_due as why_due,
)

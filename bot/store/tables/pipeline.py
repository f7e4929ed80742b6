"""The people members would like to talk with, and what became of each."""

import sqlalchemy as sa

from bot.store.tables.base import (
    COUNTED,
    METADATA,
    count,
    flag,
    maybe,
    needed,
    numbered,
    of_lead,
    of_member,
    owner,
    partial,
    text,
)
from bot.store.types import DateColumn, Instant, Private, WeekKey

leads = sa.Table(
    "leads",
    METADATA,
    *owner(),
    text("id", key=True),
    needed("person_key", sa.LargeBinary),
    needed("private", Private("leads", "id")),  # name, organisation, why, notes, before, tags
    text("stage"),
    text("knows_term"),
    maybe("source_id"),  # the lead who gave this name
    count("tries"),
    maybe("due_on", DateColumn),
    maybe("due_reason"),
    needed("added_at", Instant),
    needed("touched_at", Instant),
    maybe("closed_at", Instant),
    maybe("close_reason"),
    maybe("told"),  # the day and reason that was last said to be due
    maybe("list_id"),  # the list that the member brought, with which it came
    maybe("brought_at", Instant),  # when that was
    maybe("every"),  # how often to say hello; a month where it is not said
    of_member(),
    sa.UniqueConstraint("community_id", "member_id", "person_key"),
    partial("community_id", "member_id", "due_on", where="due_on IS NOT NULL"),
    partial("community_id", "member_id", where="stage <> 'closed'", name="ix_leads_open"),
    info=COUNTED,
)

spellings = sa.Table(  # what a member said of a way to write a person, which is merely alike
    "spellings",
    METADATA,
    *owner(),
    sa.Column("person_key", sa.LargeBinary, primary_key=True, nullable=False),
    text("lead_id", key=True),
    needed("same", sa.Boolean),
    of_lead(),
)

asks = sa.Table(
    "asks",
    METADATA,
    *owner(),
    text("id", key=True),
    text("lead_id"),
    needed("sent_at", Instant),
    maybe("wording"),
    maybe("replied_at", Instant),
    maybe("reply"),
    maybe("private", Private("asks", "id")),  # before, before_answer
    of_lead(),
    sa.Index(None, "community_id", "member_id", "lead_id", "sent_at"),
)

meetings = sa.Table(
    "meetings",
    METADATA,
    *owner(),
    text("id", key=True),
    text("lead_id"),
    text("state"),
    needed("created_at", Instant),
    maybe("planned_for", Instant),
    maybe("held_at", Instant),
    maybe("logged_at", Instant),
    maybe("reached"),
    maybe("talked"),
    maybe("knows_want"),
    # place, goal, fallback, questions, human, names, want, no_longer, before, unplan
    maybe("private", Private("meetings", "id")),
    count("sequence"),  # of its calendar file
    maybe("asked_at", Instant),  # when the member was asked whether it took place
    maybe("planned_at", Instant),  # when the member planned or moved it last
    of_lead(),
    sa.Index(None, "community_id", "member_id", "lead_id"),
    partial("community_id", "member_id", "planned_for", where="state = 'planned'"),
    info=COUNTED,
)

events = sa.Table(
    "events",
    METADATA,
    numbered(),
    *owner(key=False),
    needed("week", WeekKey),
    text("kind"),
    needed("at", Instant),  # when it happened
    needed("recorded_at", Instant),
    flag("late"),  # recorded after its week was posted
    flag("undone"),
    maybe("lead_id"),
    maybe("thing_id"),  # the ask or meeting it tells of
    of_member(),
    sa.PrimaryKeyConstraint("community_id", "id"),
    # Boards and totals are answered from this index alone, however large the table is.
    sa.Index("ix_events_board", "community_id", "week", "kind", "member_id", "recorded_at", "undone"),
    sa.Index("ix_events_member", "community_id", "member_id", "kind", "week", "undone"),
)

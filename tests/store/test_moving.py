"""What becomes of each table of a member when two are one person: nothing is left out by oversight."""

from bot.store.joining import BY_WEEK
from bot.store.tables import METADATA
from bot.store.tables.base import MOVED as WHOLE, tables_marked

MOVED = {"leads", "asks", "meetings", "events", "wins", "spellings", *(table.name for table, _ in BY_WEEK)}
REPLANNED = {"agenda"}
COUNTED_ANEW = {"amounts"}
NOTED = {"buddy_seekers", "buddy_members"}
"""A side leaves its buddies, and finds them again when the link is taken back."""
OF_A_PLACE = {
    "buddy_cheers",
    "buddy_refusals",
    "deliveries",
    "link_codes",
    "link_moves",
    "link_tries",
    "links",
    "named_organisers",
    "notices",
    "organisers",
    "tip_reports",
    "tip_trials",
    "tips",
}
ONLY_AT_HOME = {"link_pairs"}


def test_every_table_of_a_member_has_its_place_in_a_link() -> None:
    of_members = {table.name for table in METADATA.sorted_tables if "member_id" in table.c}
    whole = {table.name for table in tables_marked(WHOLE)}
    assert of_members == MOVED | whole | REPLANNED | COUNTED_ANEW | NOTED | OF_A_PLACE | ONLY_AT_HOME, (
        "say what a link does with a new table: write info=MOVED beside its columns, or name it here"
    )

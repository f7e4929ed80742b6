"""Every table, by theme; columns named `private` hold all personal free text of a row, sealed.

A module that is put into this folder needs no line here: its tables are found.
"""

import importlib
import pkgutil

from bot.store.tables.base import METADATA
from bot.store.tables.buddies import buddy_cheers, buddy_groups, buddy_members, buddy_refusals, buddy_seekers
from bot.store.tables.circle import (
    amounts,
    communities,
    community_keys,
    keys,
    members,
    organisers,
    pauses,
    platform_facts,
    tombstones,
)
from bot.store.tables.identity import link_codes, link_moves, link_pairs, link_tries, links, named_organisers
from bot.store.tables.installing import install_states, installations, installed_teams
from bot.store.tables.pipeline import asks, events, leads, meetings, spellings
from bot.store.tables.running import leases, processes, turns
from bot.store.tables.sending import agenda, deliveries, drafts, notices, posts
from bot.store.tables.sharing import organiser_reads, tip_reports, tip_trials, tips, wins
from bot.store.tables.weekly import checkins, promises, snapshots

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

__all__ = [
    "METADATA",
    "agenda",
    "amounts",
    "asks",
    "buddy_cheers",
    "buddy_groups",
    "buddy_members",
    "buddy_refusals",
    "buddy_seekers",
    "checkins",
    "communities",
    "community_keys",
    "deliveries",
    "drafts",
    "events",
    "install_states",
    "installations",
    "installed_teams",
    "keys",
    "leads",
    "leases",
    "link_codes",
    "link_moves",
    "link_pairs",
    "link_tries",
    "links",
    "meetings",
    "members",
    "named_organisers",
    "notices",
    "organiser_reads",
    "organisers",
    "pauses",
    "platform_facts",
    "posts",
    "processes",
    "promises",
    "snapshots",
    "spellings",
    "tip_reports",
    "tip_trials",
    "tips",
    "tombstones",
    "turns",
    "wins",
]

"""For organisers: totals of the community, each of at least five people; every look is kept for members to see."""

from bot.core.access import Access
from bot.core.call import Call
from bot.core.registry import command
from bot.domain.privacy import FEWEST_PEOPLE, may_be_told
from bot.store import buddies, events, reports
from bot.ui.reply import Fields, Heading, Note, Reply, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, Day

WEEKS = 4
KINDS: dict[str, Text] = {
    events.LEAD: t("New names"),
    events.ASK: t("Asks"),
    events.REPLY: t("Answers"),
    events.MEETING: t("Meetings"),
}


@command("community report", access=Access.ORGANISER)
def report(call: Call) -> Reply:
    """See totals of the last four weeks, never of one person."""
    reports.note_look(call.tx, call.who, "report", call.now)
    # Only weeks that are over, as they were when this one began: two looks in one week cannot be compared.
    first, last = call.week.plus(-WEEKS), call.week.previous()
    found, people = reports.totals(call.tx, call.community.id, first, last, call.week.starts(call.community.tz))
    nothing = reports.Total(0, 0)
    walking = sum(len(group.members) for group in buddies.groups(call.tx, call.community.id))
    rows = (
        (t("Members who did something"), _told(people, people)),
        *(
            (label, _told(found.get(kind, nothing).number, found.get(kind, nothing).people))
            for kind, label in KINDS.items()
        ),
        (t("Members with a buddy"), _told(walking, walking)),
    )
    return reply(
        Heading(t("Four weeks together")),
        t("From {first} to {last}.", first=Day(first.monday), last=Day(last.sunday)),
        Fields(rows),
        Note(t("A total is shown when it is of at least {n} people.", n=Count(FEWEST_PEOPLE))),
        Note(t("Members see with {export} that an organiser looked.", export=CommandRef("me export"))),
    )


def _told(number: int, people: int) -> Count | Text:
    return Count(number) if may_be_told(people) else t("fewer than {n} people", n=Count(FEWEST_PEOPLE))

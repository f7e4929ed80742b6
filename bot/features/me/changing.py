"""Notes what members change, so that `/me undo` can take it back; or says how else it is taken back."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, TypeAlias

from bot.domain.ids import LeadId
from bot.domain.lead import DueReason
from bot.engine.call import Call
from bot.engine.command import AnyCommand
from bot.engine.errors import NotNow, StaleButton
from bot.engine.rules import RowId
from bot.features.people import own_lead, person
from bot.features.registry import action, refer_to, surrounds
from bot.store import changes, drafts, leads, meetings
from bot.store.changes import NotedChange, WatchedRow
from bot.ui.reply import Buttons, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef

LEAD_SHOW = refer_to("lead show")
ME_SETTINGS_PAGE = refer_to("me settings-page")
WEEK_PLAN = refer_to("week plan")

A_ROW = 5
Values: TypeAlias = Mapping[str, object]
ClockWatch: TypeAlias = Callable[[Call, Values], WatchedRow]


def _settings(_call: Call, _values: Values) -> WatchedRow:
    return WatchedRow(settings=True)


def _plans(_call: Call, _values: Values) -> WatchedRow:
    return WatchedRow(plans=True)


def _person(_call: Call, values: Values) -> WatchedRow:
    return WatchedRow(people=(LeadId(str(values["lead"])),))


def _step(call: Call, values: Values) -> WatchedRow:
    """Watch a step that is done, but for a message or a goodbye: these are taken back as such."""
    reason = own_lead(call, LeadId(str(values["lead"]))).clock.reason
    return WatchedRow() if reason in {DueReason.FOLLOW_UP, DueReason.GOODBYE} else _person(call, values)


def _reminders(call: Call, values: Values) -> WatchedRow:
    return _person(call, values) if values.get("lead") is not None else WatchedRow(settings=True)


def _all_due(call: Call, values: Values) -> WatchedRow:
    until = values["until"]
    day = until if isinstance(until, date) else call.today
    return WatchedRow(people=[lead.id for lead in leads.due(call.tx, call.who, day - timedelta(days=1))])


def _sheet(_call: Call, values: Values) -> WatchedRow:
    return WatchedRow(talks_with=(LeadId(str(values["lead"])),), settings=True)


def _question(call: Call, values: Values) -> WatchedRow:
    meeting = next((m for m in meetings.of_member(call.tx, call.who) if m.id == values["meeting"]), None)
    return WatchedRow(talks_with=(meeting.lead,) if meeting is not None else ())


def _thanked(call: Call, values: Values) -> WatchedRow:
    return WatchedRow(people=_person(call, values).people, settings=True)


WATCHED: dict[str, tuple[str, ClockWatch]] = {
    "lead edit": ("lead edit", _person),
    "lead tag": ("lead tag", _person),
    "lead reopen": ("lead close", _person),
    "followup done": ("followup done", _step),
    "followup did": ("followup done", _step),
    "followup snooze": ("followup snooze", _person),
    "followup later": ("followup snooze", _person),
    "followup all-later": ("followup all-later", _all_due),
    "followup rhythm": ("followup rhythm", _person),
    "followup off": ("followup off", _reminders),
    "followup on": ("followup off", _settings),
    "week plan": ("week plan", _plans),
    "week ask-me": ("me settings", _settings),
    "week pause-one": ("me pause", _settings),
    "me pause": ("me pause", _settings),
    "me come-back": ("me pause", _settings),
    "me settings": ("me settings", _settings),
    "board join": ("board join", _settings),
    "board as-name": ("board join", _settings),
    "board as-nickname": ("board join", _settings),
    "board nickname": ("board join", _settings),
    "board leave": ("board leave", _settings),
    "board hidden": ("board leave", _settings),
    "meeting prep": ("meeting prep", _sheet),
    "meeting drop-question": ("meeting prep", _question),
    "win thanked": ("win thanks", _thanked),
}
"""What each command may change, and the command under whose name that is taken back."""

_OFFERED = {"lead edit", "lead tag", "followup snooze", "followup all-later", "followup rhythm", "week plan"}
"""Where a button under the answer takes it back; settings have a page, and a sheet has a form, to set it right."""

_BUDDY = t("Leave with {leave}, or begin with {join}.", leave=CommandRef("buddy leave"), join=CommandRef("buddy join"))
_NEVER = t("See whom you never want, and change it, with {show}.", show=CommandRef("buddy show"))
_LINK = t("See the link, or end it, with {link}.", link=CommandRef("me link"))
_TIP = t("Hide it with {report}, or ask an organiser to refuse it.", report=CommandRef("tip report"))
OWN_WAYS: dict[str, tuple[str, Text]] = {
    "start": ("start", t("Change your answers with {settings}.", settings=CommandRef("me settings"))),
    "buddy join": ("buddy join", _BUDDY),
    "buddy leave": ("buddy leave", _BUDDY),
    "buddy never": ("buddy join", _NEVER),
    "buddy maybe": ("buddy show", _NEVER),
    "buddy cheer": ("buddy cheer", t("A cheer that is sent cannot come back.")),
    "tip share": ("tip share", _TIP),
    "tip tried": ("tip tried", t("Type it again with the other answer.")),
    "tip report": ("tip report", t("An organiser reads the tip and decides.")),
    "lead two-people": ("lead merge", t("Make one person of two with {merge}.", merge=CommandRef("lead merge"))),
    "me link-yes": ("me link", _LINK),
    "me link-reminders": ("me link", _LINK),
    "me link-same": ("me link", t("Make one person of two with {merge}.", merge=CommandRef("lead merge"))),
    "me link-another": ("me link", t("Make one person of two with {merge}.", merge=CommandRef("lead merge"))),
    "me unlink": ("me link", t("Link again with {link}.", link=CommandRef("me link"))),
}
"""What `/me undo` cannot take back: the command it was done with, and what a member can do instead."""


@surrounds
def noted(call: Call, command: AnyCommand, values: Values, answer: Callable[[], Reply]) -> Reply:
    """Let a command answer, and note what it changed."""
    if command.name in OWN_WAYS:
        answered = answer()
        changes.note(call.tx, call.who, NotedChange(command.name, ()), call.now)
        return answered
    if command.name not in WATCHED:
        return answer()
    name, watch = WATCHED[command.name]
    watched = watch(call, values)
    before = changes.look(call.tx, call.who, watched)
    answered = answer()
    rows = changes.difference(before, changes.look(call.tx, call.who, watched))
    if not rows:
        return answered
    change = changes.note(call.tx, call.who, NotedChange(name, rows), call.now)
    return _with_way_back(call, answered, change) if name in _OFFERED else answered


def _with_way_back(call: Call, answered: Reply, change: str) -> Reply:
    """Add the button that takes it back, in the last row where that has room."""
    button = put_back.button(call.stamp, t("Take it back"), change=change)
    *parts, last = answered.parts
    if isinstance(last, Buttons) and len(last.buttons) < A_ROW:
        return Reply((*parts, buttons(*last.buttons, button)), answered.error)
    return Reply((*answered.parts, buttons(button)), answered.error)


@action("me put-back", lasts=drafts.KEPT_FOR, takes_back=True)
def put_back(call: Call, *, change: Annotated[str, RowId(label=t("Change"))]) -> Reply:
    """Take back one change, within a day."""
    noted_change = changes.noted(call.tx, call.who, change)
    if noted_change is None:
        raise StaleButton(
            t("This is taken back already, or more than a day is over."),
            t("See your list with {list}.", list=CommandRef("lead list")),
        )
    if not noted_change.rows:
        name, advice = OWN_WAYS[noted_change.command]
        raise NotNow(t("I cannot take back what you did with {command}.", command=CommandRef(name)), advice)
    first = next(iter(noted_change.people), None)
    if first is not None and leads.find(call.tx, call.who, first) is None:
        raise NotNow(
            t("This person is not on your list any more."),
            t("See your list with {list}.", list=CommandRef("lead list")),
        )
    if changes.is_taken(call.tx, call.who, noted_change.rows):
        raise NotNow(
            t("I cannot take this back any more. Your list changed since."),
            t("See your list with {list}.", list=CommandRef("lead list")),
        )
    whole = changes.take_back(call.tx, call.who, change, noted_change.rows)
    return reply(
        t("I took back what you did with {command}.", command=CommandRef(noted_change.command)),
        None if whole else Note(t("What you changed since then stays.")),
        *_as_before(call, noted_change),
    )


def _as_before(call: Call, change: NotedChange) -> list[Text | Buttons | None]:
    """Show what is as before."""
    people = list(dict.fromkeys(change.people))
    if len(people) > 1:
        return [tn("{n} person is as before.", "{n} people are as before.", len(people))]
    if people:
        lead = own_lead(call, people[0])
        show = LEAD_SHOW.button(call.stamp, t("Show this person"), lead=lead.id)
        return [t("{person} is as before.", person=person(lead)), buttons(show)]
    if change.command == "week plan":
        return [buttons(WEEK_PLAN.button(call.stamp, t("Plan my week")))]
    return [t("Your settings are as before."), buttons(ME_SETTINGS_PAGE.button(call.stamp, t("Your settings")))]

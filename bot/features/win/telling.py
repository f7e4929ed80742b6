"""Good news in the digest: five a week, first in line first; who waits longer is told the day it really shows."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Appearance, Member
from bot.domain.outsiders import outsider_in
from bot.domain.snapshot import News, Snapshot
from bot.domain.week import Week
from bot.domain.win import Win, line_up
from bot.features.week import DIGEST, posting_after
from bot.store import leads, members, notices, posts, wins
from bot.store.database import Tx
from bot.ui.codec import encode
from bot.ui.reply import Heading, Note, Paragraph, Part, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Day, UserText

NOT_POSTED = (posts.PostState.SKIPPED, posts.PostState.FAILED)


def due(tx: Tx, community: Community, week: Week, now: datetime) -> Iterator[News]:
    """Take from the line what the digest of a week tells; what a missed digest did not tell comes first."""
    waiting = [win for win in wins.waiting(tx, community.id, _first(tx, community, week)) if win.shared <= now]
    tellable = [win for win in waiting if not _kept_back(tx, community, win, now)]
    places = line_up(tellable, week)
    moved = {win.id: places[win.id] for win in tellable if places[win.id] != win.week}
    wins.move(tx, community.id, moved)
    for win in tellable:
        if win.id in moved:
            _tell(tx, community, win, now, *_later(community, win, moved[win.id]))
        if places[win.id] == week:
            yield News(win.id, win.member, _name(members.get(tx, Who(community.id, win.member)), win))


def told(tx: Tx, community: Community, frozen: Snapshot) -> Iterator[tuple[str | None, str]]:
    """Give the good news of a frozen week that is still shared, with the name that may still stand beside it."""
    shared = {win.id: win for win in wins.of_week(tx, community.id, frozen.week)}
    for each in frozen.news:
        win = shared.get(each.win)
        if win is not None and _outsider(tx, community, win) is None:
            name = _name(members.get(tx, Who(community.id, win.member)), win)
            yield name if name == each.name else None, win.text


def _first(tx: Tx, community: Community, week: Week) -> Week:
    """Find the first week whose news still waits: the one before too, when its digest was not posted."""
    posted = posts.find(tx, community.id, DIGEST, week.iso)
    return week.previous() if posted is None or posted.state in NOT_POSTED else week


def _name(member: Member, win: Win) -> str | None:
    """Name who shares good news, as they chose for this news."""
    return {Appearance.NAME: member.name, Appearance.NICKNAME: member.nickname}.get(win.appearance)


def _outsider(tx: Tx, community: Community, win: Win) -> str | None:
    """Find a person in good news who is on its member's list, perhaps since it was shared."""
    known = leads.names(tx, Who(community.id, win.member), open_only=False)
    return outsider_in(win.text, (lead.name for lead in known))


def _kept_back(tx: Tx, community: Community, win: Win, now: datetime) -> bool:
    """Keep good news for its member alone when it names somebody on their list, and tell them."""
    outsider = _outsider(tx, community, win)
    if outsider is None:
        return False
    wins.hide(tx, Who(community.id, win.member), win.id)
    _tell(
        tx,
        community,
        win,
        now,
        Note(t("{name} is on your list, so the name cannot be shown.", name=UserText(outsider))),
        Note(t("Nobody else saw it. Write it again without the name: {share}.", share=CommandRef("win share"))),
    )
    return True


def _later(community: Community, win: Win, week: Week) -> tuple[Part, ...]:
    day = posting_after(community, week).astimezone(community.tz).date()
    return (Note(t("Your good news could not show yet. It shows in the digest of {day}.", day=Day(day))),)


def _tell(tx: Tx, community: Community, win: Win, now: datetime, *parts: Part) -> None:
    """Leave a word in the member's inbox, once for each week."""
    said = reply(Heading(t("Your good news")), Paragraph(UserText(win.text)), *parts)
    key = f"news:{win.id}:{Week.at(now, community.tz).iso}"
    notices.keep(tx, Who(community.id, win.member), key, encode(said), now)

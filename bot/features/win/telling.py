"""Chooses the good news of each digest, first come first served, and tells a member whose news is put off."""

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
"""The states of a digest that did not come, so that its news still waits."""


def news_due(tx: Tx, community: Community, week: Week, now: datetime) -> Iterator[News]:
    """Yield the news of the digest about a week, and move what does not fit; news of a missed digest comes first."""
    # News that was shared after the hour of the digest is for the next one, also when the digest is written late.
    waiting = [
        win for win in wins.waiting(tx, community.id, _first_waiting_week(tx, community, week)) if win.shared <= now
    ]
    showable = [win for win in waiting if not _hide_if_named(tx, community, win, now)]
    places = line_up(showable, week)
    moved = {win.id: places[win.id] for win in showable if places[win.id] != win.week}
    wins.move(tx, community.id, moved)
    for win in showable:
        if win.id in moved:
            _tell(tx, community, win, now, *_put_off_note(community, moved[win.id]))
        if places[win.id] == week:
            name = _name(members.get(tx, Who(community.id, win.member)), win)
            yield News(win.id, win.member, name, win.about)


def news_told(tx: Tx, community: Community, frozen: Snapshot) -> Iterator[tuple[str | None, str]]:
    """Yield name and text of the good news of a frozen week that is still shared; the name is None when it changed."""
    shared = {win.id: win for win in wins.of_week(tx, community.id, frozen.week)}
    for news in frozen.news:
        win = shared.get(news.win)
        # The lead may have been added to the list after the week was frozen.
        if win is not None and _outsider(tx, community, win) is None:
            name = _name(members.get(tx, Who(community.id, win.member)), win)
            yield name if name == news.name else None, win.text


def _first_waiting_week(tx: Tx, community: Community, week: Week) -> Week:
    """Return the first week whose news still waits: the week before, when its digest was not posted."""
    posted = posts.find(tx, community.id, DIGEST, week.iso)
    return week.previous() if posted is None or posted.state in NOT_POSTED else week


def _name(member: Member, win: Win) -> str | None:
    """Return the name that the member chose for this news; None for news without a name."""
    return {Appearance.NAME: member.name, Appearance.NICKNAME: member.nickname}.get(win.appearance)


def _outsider(tx: Tx, community: Community, win: Win) -> str | None:
    """Find the name of a lead on the member's list in the text of their good news."""
    listed = leads.names(tx, Who(community.id, win.member), open_only=False)
    return outsider_in(win.text, (lead.name for lead in listed))


def _hide_if_named(tx: Tx, community: Community, win: Win, now: datetime) -> bool:
    """Make good news private when it names a lead on its member's list, and tell them; returns whether it did."""
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


def _put_off_note(community: Community, week: Week) -> tuple[Part, ...]:
    day = posting_after(community, week).astimezone(community.tz).date()
    return (Note(t("Your good news could not show yet. It shows in the digest of {day}.", day=Day(day))),)


def _tell(tx: Tx, community: Community, win: Win, now: datetime, *parts: Part) -> None:
    """Put a message about good news into its member's inbox, once a week."""
    message = reply(Heading(t("Your good news")), Paragraph(UserText(win.text)), *parts)
    key = f"news:{win.id}:{Week.at(now, community.tz).iso}"
    notices.keep(tx, Who(community.id, win.member), key, encode(message), now)

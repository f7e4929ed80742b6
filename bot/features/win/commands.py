"""Wins: good news, told to the circle only as the member chooses."""

from enum import StrEnum
from typing import Annotated

from bot.domain.ids import WinId
from bot.domain.member import Appearance
from bot.domain.outsiders import outsider_in
from bot.domain.week import Week
from bot.domain.win import Win, place_in_line
from bot.engine.call import Call
from bot.engine.command import Again
from bot.engine.errors import BadValue, NotNow, not_found
from bot.engine.rules import Choice, Lines, RowId
from bot.features.registry import action, command, refer_to
from bot.features.week import posting_of, this_week
from bot.letters import letters_of
from bot.store import leads, snapshots, wins
from bot.ui.button import Button, Style
from bot.ui.reply import Heading, Note, Paragraph, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Day, UserText

BOARD_NICKNAME = refer_to("board nickname")
WIN_THANKS = refer_to("win thanks")


class Shown(StrEnum):
    """How good news is shown to the circle."""

    PRIVATE = "private"
    NAME = "name"
    NICKNAME = "nickname"
    NO_NAME = "no-name"


SHOWN: dict[Shown, Text] = {
    Shown.PRIVATE: t("only for me"),
    Shown.NAME: t("with my name"),
    Shown.NICKNAME: t("with my nickname"),
    Shown.NO_NAME: t("without a name"),
}
CHOOSE: dict[Shown, Text] = {
    Shown.NAME: t("Share with my name"),
    Shown.NICKNAME: t("Share with my nickname"),
    Shown.NO_NAME: t("Share without a name"),
    Shown.PRIVATE: t("Keep it for me"),
}
_APPEARANCE = {
    Shown.PRIVATE: Appearance.HIDDEN,
    Shown.NAME: Appearance.NAME,
    Shown.NICKNAME: Appearance.NICKNAME,
    Shown.NO_NAME: Appearance.UNANSWERED,
}
SHOW = Choice(label=t("Who sees it?"), of=SHOWN, asked=False)
WIN = RowId(label=t("Good news"))


@command(
    "win share", form=t("Good news"), example='/win share text:"I have a job interview on Friday." show:name', once=True
)
def share(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Your good news"), most=300, no_contacts=True)],
    show: Annotated[Shown | None, SHOW] = None,
) -> Reply:
    """Share good news with the circle, or keep it for yourself."""
    if show is not None:
        _check(call, text, show)
        _check_once(call, text, show)
    appearance = _APPEARANCE[show or Shown.PRIVATE]
    week = _free_week(call)
    win = wins.add(call.tx, call.who, week, appearance, text, call.now)
    choices = (choose.button(call.stamp, label, win=win, show=each) for each, label in CHOOSE.items())
    return reply(
        Heading(t("Congratulations!")),
        Paragraph(UserText(text)),
        _said(call, show or Shown.PRIVATE, week),
        buttons(*choices) if show is None else buttons(*_after(call, win, show)),
    )


@action("win choose", again=Again.CHANGED)
def choose(call: Call, *, win: Annotated[WinId, WIN], show: Annotated[Shown, SHOW]) -> Reply:
    """Choose how good news is shown to the circle."""
    found = wins.find(call.tx, call.who, win)
    if found is None:
        raise not_found(t("this good news"))
    _check(call, found.text, show)
    _check_untold(call, found)
    _check_once(call, found.text, show, but=win)
    week, shared = (found.week, found.shared) if found.shown else (_free_week(call), call.now)
    wins.show(call.tx, call.who, win, _APPEARANCE[show], week, shared)
    return reply(_said(call, show, week), buttons(*_after(call, win, show)))


def _check_untold(call: Call, found: Win) -> None:
    """Refuse to change who sees good news that everybody has seen.

    Raises:
        NotNow: it was in a digest.
    """
    if found.shown and snapshots.find(call.tx, call.community.id, found.week) is not None:
        raise NotNow(
            t("This good news was in the digest of {day}.", day=_digest_day(call, found.week)),
            t("You can share other good news with {share}.", share=CommandRef("win share")),
        )


def _free_week(call: Call) -> Week:
    """Find the week whose digest has room for one more good news of the member."""
    return place_in_line(wins.waiting(call.tx, call.community.id, this_week(call)), call.member.id, this_week(call))


def _said(call: Call, show: Shown, week: Week) -> Text | Note:
    if show is Shown.PRIVATE:
        return Note(t("I kept it for you. Nobody else sees it."))
    return t("It shows in the digest of {day}, {how}.", day=_digest_day(call, week), how=SHOWN[show])


def _after(call: Call, win: WinId, show: Shown) -> list[Button]:
    made = [WIN_THANKS.button(call.stamp, t("Thank the people who helped"), Style.MAIN, win=win)]
    if show is not Shown.PRIVATE:
        made.append(hide.button(call.stamp, t("Keep it for me"), win=win))
    return made


def _digest_day(call: Call, week: Week) -> Day:
    """Tell on which day the digest of a week comes."""
    return Day(posting_of(call, week).astimezone(call.community.tz).date())


def _check(call: Call, text: str, show: Shown) -> None:
    """Refuse a nickname that is not there, and good news for others that names somebody on the member's list."""
    if show is Shown.PRIVATE:
        return
    if show is Shown.NICKNAME and not call.member.nickname:
        raise BadValue(
            t("You have no nickname yet."),
            t("Choose one, then share your news again."),
            (BOARD_NICKNAME.button(call.stamp, t("Choose my nickname")),),
        )
    named = outsider_in(text, (lead.name for lead in leads.names(call.tx, call.who, open_only=False)))
    if named is not None:
        raise BadValue(
            t("{name} is on your list, so the name cannot be shown.", name=UserText(named)),
            t("Please write it without the name, or keep it only for you."),
            (share.button(call.stamp, t("Write it again")),),
        )


def _check_once(call: Call, text: str, show: Shown, *, but: WinId | None = None) -> None:
    """Refuse good news that its member has in the line already; one that is only for them is nobody's second one.

    Raises:
        NotNow: the same words wait already.
    """
    if show is Shown.PRIVATE:
        return
    for waits in wins.waiting(call.tx, call.community.id, this_week(call)):
        if waits.member == call.member.id and waits.id != but and letters_of(waits.text) == letters_of(text):
            raise NotNow(
                t("You share this news already. It shows in the digest of {day}.", day=_digest_day(call, waits.week)),
                t("It shows once. You can share other good news with {share}.", share=CommandRef("win share")),
                (hide.button(call.stamp, t("Keep it for me"), win=waits.id),),
            )


@action("win hide", again=Again.CHANGED, takes_back=True)
def hide(call: Call, *, win: Annotated[WinId, WIN]) -> Reply:
    """Keep shared good news from the next digest."""
    found = wins.find(call.tx, call.who, win)
    if found is None:
        raise not_found(t("this good news"))
    _check_untold(call, found)
    wins.hide(call.tx, call.who, win)
    return reply(t("Good. Your news is only for you now. No later digest shows it."))

"""Commands for good news: share it, choose who sees it, keep it private."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.ids import WinId
from bot.domain.member import Appearance
from bot.domain.outsiders import outsider_in
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.week import Week
from bot.domain.win import Win, WinSubject, place_in_line
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, NotNow, not_found
from bot.engine.rules import Choice, Lines, RowId
from bot.features.registry import action, command, refer_to
from bot.features.week import posting_of, this_week
from bot.letters import letters_of
from bot.store import leads, snapshots, wins
from bot.ui.button import Button, Style
from bot.ui.reply import Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, Day, UserText

BOARD_NICKNAME = refer_to("board nickname")
WIN_THANKS = refer_to("win thanks")


class WinVisibility(StrEnum):
    """How good news is shown to the circle."""

    PRIVATE = "private"
    NAME = "name"
    NICKNAME = "nickname"
    NO_NAME = "no-name"


SHOWN: dict[WinVisibility, Text] = {
    WinVisibility.PRIVATE: t("only for me"),
    WinVisibility.NAME: t("with my name"),
    WinVisibility.NICKNAME: t("with my nickname"),
    WinVisibility.NO_NAME: t("without a name"),
}
CHOOSE: dict[WinVisibility, Text] = {
    WinVisibility.NAME: t("Share with my name"),
    WinVisibility.NICKNAME: t("Share with my nickname"),
    WinVisibility.NO_NAME: t("Share without a name"),
    WinVisibility.PRIVATE: t("Keep it for me"),
}
_APPEARANCE = {
    WinVisibility.PRIVATE: Appearance.HIDDEN,
    WinVisibility.NAME: Appearance.NAME,
    WinVisibility.NICKNAME: Appearance.NICKNAME,
    # News without a name is stored as that of a member who never said how to appear.
    WinVisibility.NO_NAME: Appearance.UNANSWERED,
}
UNDO_WITHIN = timedelta(days=1)
"""How long good news can be taken back."""
ABOUT = Choice(
    label=t("What is it about?"),
    of={WinSubject.INTERVIEW: t("an interview"), WinSubject.JOB: t("a job"), WinSubject.OTHER: t("something else")},
    asked=False,
)
SHOW = Choice(label=t("Who sees it?"), of=SHOWN, asked=False)
WIN = RowId(label=t("Good news"))


@command(
    "win share", form=t("Good news"), example='/win share text:"I have a job interview on Friday." show:name', once=True
)
def share(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Your good news"), most=300, no_contacts=True)],
    show: Annotated[WinVisibility | None, SHOW] = None,
    about: Annotated[WinSubject | None, ABOUT] = None,
) -> Reply:
    """Share good news with the circle, or keep it for yourself."""
    if show is not None:
        _check_may_show(call, text, show)
        _check_not_waiting(call, text, show)
    appearance = _APPEARANCE[show or WinVisibility.PRIVATE]
    week = _free_week(call)
    win = wins.add(call.tx, call.who, week, appearance, text, call.now, about)
    choices = (choose.button(call.stamp, label, win=win, show=way) for way, label in CHOOSE.items())
    undo = take_back.button(call.stamp, t("Take it back"), win=win)
    return reply(
        Heading(t("Congratulations!")),
        Paragraph(UserText(text)),
        _where_shown(call, show or WinVisibility.PRIVATE, week),
        buttons(*(choices if show is None else _next_steps(call, win, show)), undo),
        *(_ask_about(call, win) if about is None else ()),
    )


def _ask_about(call: Call, win: WinId) -> tuple[Part, ...]:
    """Ask what good news is about, for the figures of the circle."""
    return (
        Note(t("Is it an interview or a job? If you share it, it counts for the circle, without your name.")),
        buttons(
            about_.button(call.stamp, t("An interview"), win=win, about=WinSubject.INTERVIEW),
            about_.button(call.stamp, t("A job"), win=win, about=WinSubject.JOB),
        ),
    )


@action("win about", again=SecondPress.CHANGED)
def about_(call: Call, *, win: Annotated[WinId, WIN], about: Annotated[WinSubject, ABOUT]) -> Reply:
    """Say what good news is about."""
    _check_not_posted(call, _own_news(call, win))
    wins.say_about(call.tx, call.who, win, about)
    return reply(
        t("Thank you. I count it as {what}, if you share it.", what=ABOUT.of[about]),
        Note(t("Organisers see it in a total of at least {n} people, never alone.", n=Count(FEWEST_PEOPLE))),
    )


@action("win choose", again=SecondPress.CHANGED)
def choose(call: Call, *, win: Annotated[WinId, WIN], show: Annotated[WinVisibility, SHOW]) -> Reply:
    """Choose how good news is shown to the circle."""
    news = _own_news(call, win)
    _check_may_show(call, news.text, show)
    _check_not_posted(call, news)
    _check_not_waiting(call, news.text, show, but=win)
    # News that has its place in the line keeps it, whatever name is beside it.
    week, shared = (news.week, news.shared) if news.shown else (_free_week(call), call.now)
    wins.show(call.tx, call.who, win, _APPEARANCE[show], week, shared)
    return reply(_where_shown(call, show, week), buttons(*_next_steps(call, win, show)))


def _own_news(call: Call, win_id: WinId) -> Win:
    win = wins.find(call.tx, call.who, win_id)
    if win is None:
        raise not_found(t("this good news"))
    return win


def _check_not_posted(call: Call, win: Win) -> None:
    """Refuse to change who sees good news that everybody has seen.

    Raises:
        NotNow: it was in a digest.
    """
    if win.shown and snapshots.find(call.tx, call.community.id, win.week) is not None:
        raise NotNow(
            t("This good news was in the digest of {day}.", day=_digest_day(call, win.week)),
            t("You can share other good news with {share}.", share=CommandRef("win share")),
        )


def _free_week(call: Call) -> Week:
    """Return the first week whose digest has room for one more piece of good news of the member."""
    return place_in_line(wins.waiting(call.tx, call.community.id, this_week(call)), call.member.id, this_week(call))


def _where_shown(call: Call, show: WinVisibility, week: Week) -> Text | Note:
    if show is WinVisibility.PRIVATE:
        return Note(t("I kept it for you. Nobody else sees it."))
    return t("It shows in the digest of {day}, {how}.", day=_digest_day(call, week), how=SHOWN[show])


def _next_steps(call: Call, win: WinId, show: WinVisibility) -> list[Button]:
    thank = WIN_THANKS.button(call.stamp, t("Thank the people who helped"), Style.MAIN, win=win)
    return [thank] if show is WinVisibility.PRIVATE else [thank, hide.button(call.stamp, t("Keep it for me"), win=win)]


def _digest_day(call: Call, week: Week) -> Day:
    """Return the community's date on which the digest about a week comes."""
    return Day(posting_of(call, week).astimezone(call.community.tz).date())


def _check_may_show(call: Call, text: str, show: WinVisibility) -> None:
    """Check that good news may be shown to others in this way.

    Raises:
        BadValue: the member has no nickname to show, or the text names a lead on their list.
    """
    if show is WinVisibility.PRIVATE:
        return
    if show is WinVisibility.NICKNAME and not call.member.nickname:
        raise BadValue(
            t("You have no nickname yet."),
            t("Choose one, then share your news again."),
            (BOARD_NICKNAME.button(call.stamp, t("Choose my nickname")),),
        )
    outsider = outsider_in(text, (lead.name for lead in leads.names(call.tx, call.who, open_only=False)))
    if outsider is not None:
        raise BadValue(
            t("{name} is on your list, so the name cannot be shown.", name=UserText(outsider)),
            t("Please write it without the name, or keep it only for you."),
            (share.button(call.stamp, t("Write it again")),),
        )


def _check_not_waiting(call: Call, text: str, show: WinVisibility, *, but: WinId | None = None) -> None:
    """Check that the member shares the same words no second time; private news and the news `but` are not compared.

    Raises:
        NotNow: the same words wait for their digest already.
    """
    if show is WinVisibility.PRIVATE:
        return
    for waiting in wins.waiting(call.tx, call.community.id, this_week(call)):
        if waiting.member == call.member.id and waiting.id != but and letters_of(waiting.text) == letters_of(text):
            raise NotNow(
                t("You share this news already. It shows in the digest of {day}.", day=_digest_day(call, waiting.week)),
                t("It shows once. You can share other good news with {share}.", share=CommandRef("win share")),
                (hide.button(call.stamp, t("Keep it for me"), win=waiting.id),),
            )


@action("win take-back", lasts=UNDO_WITHIN, takes_back=True)
def take_back(call: Call, *, win: Annotated[WinId, WIN]) -> Reply:
    """Take back good news that no digest showed yet, within a day."""
    news = _own_news(call, win)
    _check_not_posted(call, news)
    wins.drop(call.tx, call.who, win)
    return reply(
        t("I took back your good news. Nobody sees it."),
        Note(t("Share it again with {share}.", share=CommandRef("win share"))),
    )


@action("win hide", again=SecondPress.CHANGED, takes_back=True)
def hide(call: Call, *, win: Annotated[WinId, WIN]) -> Reply:
    """Keep shared good news from the next digest."""
    _check_not_posted(call, _own_news(call, win))
    wins.hide(call.tx, call.who, win)
    return reply(t("Good. Your news is only for you now. No later digest shows it."))

"""Commands for the leaderboard: see it, join it with a name or a nickname, leave it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from bot.domain.leaderboard import FEWEST, RankedMember
from bot.domain.member import Appearance
from bot.domain.snapshot import Snapshot
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, MissingValue
from bot.engine.reading import Refusal
from bot.engine.rules import Choice, Line
from bot.features.board.goal import goal_now, last_week
from bot.features.board.posted import StillNamed, board_button, next_figures
from bot.features.board.standing import leave_board
from bot.features.registry import action, command, refer_to
from bot.features.week import progress, this_week
from bot.letters import folded
from bot.store import events, members, snapshots
from bot.ui.button import Button, Style
from bot.ui.reply import BoardRow, Fields, Heading, Note, Paragraph, Part, Ranking, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, UserText, WeekOf

LEAD_ADD = refer_to("lead add")
LEAD_NEXT = refer_to("lead next")

NICKNAME = Line(label=t("Nickname"), most=30, no_contacts=True)


class JoinAs(StrEnum):
    """How a member joins the board."""

    NAME = "name"
    NICKNAME = "nickname"


@command("board show", reads=True)
def show(call: Call) -> Reply:
    """See the leaderboard or the goal of the last digest."""
    frozen = snapshots.latest(call.tx, call.community.id)
    goal = _goal(call, frozen) if call.community.has_goal else ()
    if not call.community.ranks:
        return _without_ranking(call, goal)
    places = StillNamed(call.tx, call.community.id).board(frozen) if frozen is not None else []
    if frozen is None or not places:
        return reply(
            *goal,
            Heading(t("Most leads")),
            tn(
                "The board starts when {n} member on the board has added a person this week.",
                "The board starts when {n} members on the board have added a person this week.",
                FEWEST,
            ),
            Note(t("You can be one of these members.")),
            _own(call),
            next_figures(call.tx, call.community),
            buttons(*_join_or_add(call)),
        )
    return reply(
        *goal,
        Heading(t("Most leads in the week of {week}", week=WeekOf(frozen.week.monday))),
        ranking(places),
        _cap(call),
        _own(call),
        next_figures(call.tx, call.community),
        buttons(*_join_or_add(call)),
    )


def _goal(call: Call, frozen: Snapshot | None) -> Sequence[Part]:
    """Show how the last posted week did beside its goal, and the goal of this week."""
    number = goal_now(call.tx, call.community, this_week(call))
    before = last_week(frozen) if frozen is not None else ()
    return (
        *before,
        Heading(t("Our goal this week")),
        Paragraph(tn("{n} step together.", "{n} steps together.", number)),
        *(() if before else (Note(t("New names, asks and meetings are steps. Each one counts.")),)),
    )


def _without_ranking(call: Call, goal: Sequence[Part]) -> Reply:
    return reply(
        *goal,
        _no_ranking(call),
        _own(call),
        next_figures(call.tx, call.community),
        buttons(LEAD_ADD.button(call.stamp, t("Add a person"), Style.MAIN)),
    )


def _no_ranking(call: Call) -> Note | None:
    """Say that there is no leaderboard, where organisers chose none."""
    return None if call.community.ranks else Note(t("There is no leaderboard here now. I keep your choice."))


def ranking(places: list[RankedMember]) -> Ranking:
    """Make the part that shows the places of a board."""
    return Ranking(
        tuple(BoardRow(p.place, UserText(p.score.name), tn("{n} lead", "{n} leads", p.score.value)) for p in places)
    )


def _cap(call: Call) -> Note:
    return Note(t("At most {n} new names count in a week.", n=Count(call.community.score_cap)))


def _own(call: Call) -> Note:
    """Say how many leads the member added this week; only they see it before the digest."""
    count = events.of_member(call.tx, call.who, events.LEAD).get(this_week(call), 0)
    return Note(tn("You have {n} new name this week.", "You have {n} new names this week.", count))


def _join_or_add(call: Call) -> list[Button]:
    if call.member.shown_name is None:
        return _join_buttons(call)
    return [LEAD_ADD.button(call.stamp, t("Add a person"), Style.MAIN)]


@command("board join", example='/board join as:nickname nickname:"Maple"', again=SecondPress.CHANGED)
def join(
    call: Call,
    *,
    as_: Annotated[
        JoinAs | None, Choice(label=t("How"), of={JoinAs.NAME: t("my name"), JoinAs.NICKNAME: t("a nickname")})
    ] = None,
    nickname: Annotated[str | None, NICKNAME] = None,
) -> Reply:
    """Be on the leaderboard, with your name or a nickname."""
    how = Appearance.NICKNAME if nickname is not None else Appearance(as_ or call.member.appearance)
    if how is Appearance.NAME:
        return _joined(call, Appearance.NAME, None)
    if how is not Appearance.NICKNAME:
        return reply(
            t("How do you want to appear on the leaderboard?"),
            Note(t("Nothing changes until you press a button.")),
            buttons(*_join_buttons(call)),
        )
    nickname, choose = nickname or call.member.nickname, as_nickname.button(call.stamp, t("Choose my nickname"))
    if nickname is None:
        raise MissingValue(t("Please choose a nickname."), t("It is a name that only you use here."), (choose,))
    return _joined(call, Appearance.NICKNAME, nickname, choose)


def _join_buttons(call: Call) -> list[Button]:
    """Make the buttons to join; a member who wants a nickname and has none yet gets only the one to choose it."""
    choose = as_nickname.button(call.stamp, t("Choose my nickname"), Style.MAIN)
    nickname, chose = call.member.nickname, call.member.appearance is Appearance.NICKNAME
    if chose and nickname is None:
        return [choose]
    with_name = as_name.button(call.stamp, t("Join with my name"))
    if nickname is None:
        return [with_name, as_nickname.button(call.stamp, t("Join with a nickname"))]
    label = t("Join as {name}", name=UserText(nickname))
    # `as` is a keyword of Python, so it can be given as a value only in a dictionary.
    return [with_name, join.button(call.stamp, label, Style.PLAIN, **{"as": JoinAs.NICKNAME})]


@action("board as-name", again=SecondPress.CHANGED)
def as_name(call: Call) -> Reply:
    """Be on the leaderboard with one's own name."""
    return _joined(call, Appearance.NAME, None)


@action("board as-nickname", form=t("My nickname"))
def as_nickname(call: Call, *, nickname: Annotated[str, NICKNAME]) -> Reply:
    """Be on the leaderboard with a nickname."""
    return _joined(call, Appearance.NICKNAME, nickname)


@action("board nickname", form=t("My nickname"))
def keep_nickname(call: Call, *, nickname: Annotated[str, NICKNAME]) -> Reply:
    """Choose a nickname for good news; the leaderboard stays as it is."""
    _check_free(call, nickname)
    members.update(call.tx, call.who, nickname=nickname)
    return reply(
        t("Your nickname is {name}.", name=UserText(nickname)),
        Note(t("Now you can share your news with it. The leaderboard stays as it is.")),
    )


def _joined(call: Call, appearance: Appearance, nickname: str | None, *instead: Button) -> Reply:
    if nickname is not None:
        _check_free(call, nickname, *instead)
        members.update(call.tx, call.who, appearance=appearance, nickname=nickname)
    else:
        members.update(call.tx, call.who, appearance=appearance)
    name = UserText(nickname or call.member.name)
    no_board = _no_ranking(call)
    return reply(
        no_board or t("You are on the leaderboard as {name}.", name=name),
        Note(t("When there is one again, you are on it as {name}.", name=name)) if no_board else None,
        Note(t("You can leave at any time with {leave}.", leave=CommandRef("board leave"))),
        buttons(board_button(call)),
    )


def _check_free(call: Call, nickname: str, *instead: Button) -> None:
    """Check that a nickname is not the name or nickname of another member.

    Raises:
        Refusal: it is; the form stays open, and outside a form the buttons `instead` are shown.
    """
    others = (member for member in members.everyone(call.tx, call.community.id) if member.id != call.member.id)
    taken = {folded(name) for member in others for name in (member.name, member.nickname) if name}
    if folded(nickname) in taken:
        message = t("The name {name} is taken.", name=UserText(nickname))
        raise Refusal({"nickname": BadValue(message, t("Please choose another nickname."), instead)})


@action("board hidden", again=SecondPress.CHANGED)
def hidden(call: Call) -> Reply:
    """Stay off the leaderboard."""
    return _leave(call, t("You are not on the leaderboard. Your leads count in the total only."))


@command("board leave")
def leave(call: Call) -> Reply:
    """Leave the leaderboard; no later post has your name."""
    return _leave(call, t("You left the leaderboard. No later post has your name."))


def _leave(call: Call, result: Text) -> Reply:
    leave_board(call)
    return reply(
        _no_ranking(call) or result, Note(t("You can join at any time with {join}.", join=CommandRef("board join")))
    )


@command("board me", reads=True)
def me(call: Call) -> Reply:
    """See your own numbers. Only you see them."""
    my_weeks = progress(call)
    week = this_week(call)
    return reply(
        Heading(t("My numbers")),
        Fields(
            (
                (t("New names this week"), Count(my_weeks.leads.get(week, 0))),
                (t("Asks this week"), Count(my_weeks.asks.get(week, 0))),
                (t("Meetings this week"), Count(my_weeks.meetings.get(week, 0))),
                (t("New names in total"), Count(sum(my_weeks.leads.values()))),
                (t("Weeks in a row, promise kept"), Count(my_weeks.streak)),
                *(((t("On the leaderboard"), _shown_as(call)), *_my_place(call)) if call.community.ranks else ()),
            )
        ),
        t("This is your personal best.") if my_weeks.best(week).is_best else None,
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


def _shown_as(call: Call) -> Text:
    name = call.member.shown_name
    return t("as {name}", name=UserText(name)) if name else t("no")


def _my_place(call: Call) -> tuple[tuple[Text, Count], ...]:
    """Make the row with the member's place on the last board; () when they had none."""
    frozen = snapshots.latest(call.tx, call.community.id)
    places = [row.place for row in frozen.board if row.score.member == call.member.id] if frozen is not None else []
    return ((t("My place on the last board"), Count(places[0])),) if places else ()

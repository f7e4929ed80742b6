"""The command with which a member begins: five questions, and then the first lead."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from bot.domain.member import Appearance, Member
from bot.domain.promise import SUGGESTED_ASKS
from bot.engine.call import Call
from bot.engine.refs import SpokenLanguage
from bot.engine.rules import Choice, Line, Number
from bot.engine.zones import Zone
from bot.features.board import leave_board
from bot.features.registry import command, refer_to
from bot.store import leads, members
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Count, LanguageName, UserText, ZoneName

BOARD_AS_NICKNAME = refer_to("board as-nickname")
LEAD_ADD = refer_to("lead add")
WEEK_PLAN = refer_to("week plan")
NO_BOARD = t("There is no leaderboard here now. I keep your choice.")


class Board(StrEnum):
    """How a newcomer wants to appear on the leaderboard."""

    NAME = "name"
    NICKNAME = "nickname"
    HIDDEN = "hidden"


BOARD: dict[Board, Text] = {
    Board.NAME: t("with my name"),
    Board.NICKNAME: t("with a nickname"),
    Board.HIDDEN: t("not at all"),
}


def _stored_answers(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    member = call.member
    answered = member.appearance is not Appearance.UNANSWERED
    return {
        "language": call.language,
        "zone": call.zone_name,
        "work": member.work,
        "number": member.number if member.number is not None else SUGGESTED_ASKS,
        "board": Board(member.appearance.value) if answered else None,
    }


def _hints(call: Call, _: Mapping[str, object]) -> dict[str, Text]:
    """Say beside the question about the leaderboard that there is none at the moment."""
    return {} if call.community.ranks else {"board": NO_BOARD}


@command(
    "start",
    form=t("Welcome"),
    prefill=_stored_answers,
    stays=True,
    hints=_hints,
    example='/start language:fr zone:"Montreal" work:"I want to test software." number:2 board:name',
)
def start(
    call: Call,
    *,
    language: Annotated[str, SpokenLanguage(label=t("My language"))],
    zone: Annotated[str, Zone(label=t("A large city in my time zone"))],
    work: Annotated[str | None, Line(label=t("The work I want, in one sentence"), most=200)] = None,
    number: Annotated[int, Number(label=t("Asks I plan each week"), least=0, most=50)] = SUGGESTED_ASKS,
    board: Annotated[Board | None, Choice(label=t("Me on the leaderboard"), of=BOARD)] = None,
) -> Reply:
    """Say hello: your language, your work, your weekly number."""
    changes: dict[str, object] = {"language": language, "zone": zone, "number": number, "started": True}
    if work is not None:
        changes["work"] = work
    if board is not None:
        changes["appearance"] = Appearance(board.value)
    members.update(call.tx, call.who, **changes)
    if board is Board.HIDDEN:
        leave_board(call)
    member = members.get(call.tx, call.who)
    return reply(
        Heading(t("Welcome, {name}", name=UserText(member.name))),
        t("Short talks with people who do the work help you find good work."),
        Fields(
            (
                (t("Language"), LanguageName(language)),
                (t("Time zone"), ZoneName(zone)),
                (t("The work I want"), UserText(member.work) if member.work else t("not said yet")),
                (t("Asks a week"), Count(number)),
                *(((t("On the leaderboard"), _appears(member)),) if call.community.ranks else ()),
            )
        ),
        Note(NO_BOARD) if not call.community.ranks and member.appearance is not call.member.appearance else None,
        Note(t("Only you see what you write here.")),
        *_next(call, member),
    )


def _appears(member: Member) -> Text | UserText:
    if member.appearance is Appearance.UNANSWERED:
        return t("not answered yet")
    if member.appearance is Appearance.NICKNAME and member.nickname:
        return UserText(member.nickname)
    return BOARD[Board(member.appearance.value)]


def _next(call: Call, member: Member) -> tuple[Part, ...]:
    nameless = member.appearance is Appearance.NICKNAME and not member.nickname
    first = not leads.some(call.tx, call.who)
    advice = t("Now add the first person you would like to talk with.") if first else t("Your list is waiting for you.")
    label = t("Add my first person") if first else t("Add a person")
    return (
        Note(advice),
        buttons(
            LEAD_ADD.button(call.stamp, label, Style.MAIN),
            BOARD_AS_NICKNAME.button(call.stamp, t("Choose my nickname")) if nameless else None,
            WEEK_PLAN.button(call.stamp, t("Plan my week")),
        ),
    )

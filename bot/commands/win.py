"""Wins: good news, told to the circle only as the member chooses."""

from enum import StrEnum
from typing import Annotated

from bot.core.call import Call
from bot.core.errors import BadValue, not_found
from bot.core.links import link
from bot.core.recording import posting_of
from bot.core.registry import action, command
from bot.core.rules import Choice, Lines, RowId
from bot.domain.ids import WinId
from bot.domain.member import Appearance
from bot.domain.names import folded
from bot.store import leads, wins
from bot.ui.button import Style
from bot.ui.reply import Heading, Note, Paragraph, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Day, UserText


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
_APPEARANCE = {
    Shown.PRIVATE: Appearance.HIDDEN,
    Shown.NAME: Appearance.NAME,
    Shown.NICKNAME: Appearance.NICKNAME,
    Shown.NO_NAME: Appearance.UNANSWERED,
}


@command("win share", form=t("Good news"), example='/win share text:"I have a job interview on Friday." show:name')
def share(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Your good news"), most=300, no_contacts=True)],
    show: Annotated[Shown, Choice(label=t("Who sees it?"), of=SHOWN)] = Shown.PRIVATE,
) -> Reply:
    """Share good news with the circle, or keep it for yourself."""
    if show is not Shown.PRIVATE:
        _keep_outsiders_out(call, text)
    if show is Shown.NICKNAME and not call.member.nickname:
        raise BadValue(
            t("You have no nickname yet."),
            t("Choose one, then share your news again."),
            (link(call.stamp, "board as-nickname", t("Choose my nickname")),),
        )
    win = wins.add(call.tx, call.who, call.week, _APPEARANCE[show], text, call.now)
    if show is Shown.PRIVATE:
        return reply(
            Heading(t("Congratulations!")),
            Paragraph(UserText(text)),
            Note(t("I kept it for you. Nobody else sees it.")),
        )
    return reply(
        Heading(t("Congratulations!")),
        Paragraph(UserText(text)),
        t("It shows in the digest of {day}, {how}.", day=_digest_day(call), how=SHOWN[show]),
        buttons(hide.button(call.stamp, t("Keep it for me"), Style.PLAIN, win=win)),
    )


def _digest_day(call: Call) -> Day:
    """Tell on which day the digest of the running week comes."""
    return Day(posting_of(call, call.week).astimezone(call.community.tz).date())


def _keep_outsiders_out(call: Call, text: str) -> None:
    """Refuse good news that names somebody on the member's list: outsiders never reach a channel."""
    said = f" {folded(text)} "
    for lead in leads.choices(call.tx, call.who, open_only=False):
        for name in {folded(lead.name), *(word for word in folded(lead.name).split() if len(word) > 3)}:
            if name and any(f" {name}{end}" in said for end in (" ", ".", ",", "!", "?", "'", ";", ":", ")")):
                raise BadValue(
                    t("{name} is on your list, so the name cannot be shown.", name=UserText(lead.name)),
                    t("Please write it without the name, or keep it only for you."),
                )


@action("win hide")
def hide(call: Call, *, win: Annotated[WinId, RowId(label=t("Good news"))]) -> Reply:
    """Keep shared good news from the next digest."""
    if not wins.hide(call.tx, call.who, win):
        raise not_found(t("this good news"))
    return reply(t("Good. Only you have it now. It shows in no later digest."))

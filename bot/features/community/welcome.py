"""The welcome that organisers write: it stands above the first answer that a new member gets."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from bot.domain.community import Community
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.rules import Lines
from bot.features.registry import action, command, greets, refer_to
from bot.store import communities
from bot.ui.reply import Fields, Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, LanguageName, UserText

COMMUNITY_SETUP = refer_to("community setup")

LONGEST = 500


def _stored_words(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    return {"text": call.community.welcome, "second": call.community.welcome_second}


@command(
    "community welcome",
    form=t("A welcome"),
    prefill=_stored_words,
    stays=True,
    access=Access.ORGANISER,
    example='/community welcome text:"Welcome! We meet on Tuesdays at the library."',
)
def welcome(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Words for new members"), most=LONGEST, no_contacts=True)],
    second: Annotated[
        str | None, Lines(label=t("The same in the second language"), most=LONGEST, no_contacts=True)
    ] = None,
) -> Reply:
    """Write a welcome that new members read with their first answer."""
    communities.update(call.tx, call.community.id, welcome=text, welcome_second=second or "")
    is_unread = second is not None and call.community.second_language is None
    return reply(
        Heading(t("New members read this")),
        _both(call.community, text, second) if second else Paragraph(UserText(text)),
        Note(t("It comes once, above the first answer that a new member gets.")),
        Note(t("No second language is set yet. So nobody reads the second words.")) if is_unread else None,
        buttons(
            COMMUNITY_SETUP.button(call.stamp, t("Choose the second language")) if is_unread else None,
            welcome.button(call.stamp, t("Change the welcome")),
            no_welcome.button(call.stamp, t("Take the welcome away")),
        ),
    )


def _both(community: Community, text: str, second: str) -> Fields:
    """Show the words beside the language whose readers get them."""
    code = community.second_language
    other = t("{language}", language=LanguageName(code)) if code is not None else t("Second language")
    return Fields(
        ((t("{language}", language=LanguageName(community.language)), UserText(text)), (other, UserText(second)))
    )


@action("community no-welcome", access=Access.ORGANISER, again=SecondPress.CHANGED)
def no_welcome(call: Call) -> Reply:
    """Take the welcome for new members away."""
    communities.update(call.tx, call.community.id, welcome="", welcome_second="")
    return reply(
        t("New members read no welcome now."),
        Note(t("Write one with {command}.", command=CommandRef("community welcome"))),
    )


@greets
def greeting(call: Call) -> Sequence[Part]:
    """Say what the organisers wrote, in the language that the new member reads."""
    words = _words_for(call.community, call.language)
    if not words:
        return ()
    return (Paragraph(UserText(words)), Note(t("These words are from the organisers of this community.")))


def _words_for(community: Community, language: str) -> str | None:
    return (community.welcome_second if language == community.second_language else None) or community.welcome

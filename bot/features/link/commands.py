"""Link: one person on two platforms. A one-time code says who, its owner's private yes says that it is they."""

import secrets
from typing import Annotated

from bot.engine.call import Call
from bot.engine.command import Again
from bot.engine.errors import BadValue, NotNow, StaleButton
from bot.engine.linked import stamp_for
from bot.engine.rules import Line, RowId, YesNo
from bot.features.link import linking
from bot.features.link.words import asking, became_one, ended, lines_there, next_pair, page, place
from bot.features.registry import action, command
from bot.store import communities, identities, joining, leads, link_codes, link_pairs, notices, spellings
from bot.store.identities import IdentityLink
from bot.store.link_codes import Question
from bot.store.link_pairs import Pair
from bot.ui.codec import encode
from bot.ui.places import platform_name
from bot.ui.reply import Fields, Heading, Note, Paragraph, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Example, UserText

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that looks like another one."""
CODE = Line(label=t("Code from the other platform"), most=20, no_contacts=True)
QUESTION = RowId(label=t("Question"))
PAIR = RowId(label=t("Two people"))
_UNUSED = (
    t("You are linked already, so I did not use the code."),
    Note(t("To link with another place, end this link first. Then enter the code again.")),
)
"""What a linked member is told of a code: nothing is looked up, so that it tells nothing about its owner."""
_NO_NEED = t("You are linked already, so you need no code.")


@command("me link", example="/me link")
def link(call: Call, *, code: Annotated[str | None, CODE] = None) -> Reply:
    """Be one person on Slack and Discord, so that you count once."""
    made = identities.link_of(call.tx, call.own)
    if made is not None:
        return page(call, made, *(() if code is None else _UNUSED))
    if code is not None:
        return _enter(call, code)
    question = link_codes.question_to(call.tx, call.own, call.now)
    if question is not None:
        return asking(call, call.stamp, question.other, question.id)
    return _offer(call)


@action("me link-new", again=Again.ALWAYS)
def new(call: Call) -> Reply:
    """Show a new code, instead of an earlier one."""
    made = identities.link_of(call.tx, call.own)
    return page(call, made, _NO_NEED) if made is not None else _offer(call)


def _offer(call: Call) -> Reply:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    code = f"{letters[:4]}-{letters[4:]}"
    link_codes.offer(call.tx, call.own, code, call.now)
    return reply(
        Heading(t("Your code")),
        Fields(((t("Code"), UserText(code)),)),
        t("It works once, for 10 minutes. Show it to nobody."),
        *map(Note, lines_there(call, f"/me link code:{code}")),
        Note(t("Then I ask you here whether it is you. Nothing is linked before your yes.")),
        Note(t("The list, the plan and the board you have here are then yours there too.")),
        buttons(enter.button(call.stamp, t("I have a code from there"))),
    )


@action("me link-code", form=t("Link"))
def enter(call: Call, *, code: Annotated[str, CODE]) -> Reply:
    """Enter the code that the other platform showed."""
    made = identities.link_of(call.tx, call.own)
    return page(call, made, *_UNUSED) if made is not None else _enter(call, code)


def _enter(call: Call, code: str) -> Reply:
    if not link_codes.may_try(call.tx, call.own, call.now):
        raise NotNow(t("That was too many tries."), t("Please wait ten minutes, then ask for a new code."))
    owner = link_codes.owner_of(call.tx, code, call.now)
    if owner == call.own:
        raise _own_code(call, code)
    if owner is None or owner.community == call.own.community:
        # A reply and no error: the try must stay counted. Whose code it is, is nobody's business here.
        parts = (
            Paragraph(t("This code does not work.")),
            Note(t("A code works once, for 10 minutes. Ask for a new one with {link}.", link=CommandRef("me link"))),
        )
        return Reply(parts, BadValue.code)
    link_codes.withdraw(call.tx, call.own)
    question = link_codes.ask(call.tx, owner, call.own, call.now)
    said = asking(call, stamp_for(call, owner), call.own, question)
    notices.put(call.tx, owner, _key(question), encode(said), call.now)
    return _asked(communities.get(call.tx, owner.community).platform)


def _own_code(call: Call, code: str) -> NotNow:
    return NotNow(t("This is your own code, from here."), lines_there(call, f"/me link code:{code}")[0])


def _asked(platform: str) -> Reply:
    there = platform_name(platform)
    return reply(
        Heading(t("One more step")),
        t("I asked on {platform} whether it is you. Please say yes there.", platform=there),
        Note(t("Do you see no question on {platform}? Type {line} there.", platform=there, line=_line(platform))),
        Note(t("The question waits for one hour. Nothing is linked before.")),
    )


def _line(platform: str) -> Example:
    return Example("/me link", on=platform)


@action("me link-yes", again=Again.CHANGED)
def yes(call: Call, *, question: Annotated[str, QUESTION]) -> Reply:
    """Say that it was you who entered your code on the other platform: both become one person."""
    found = _question(call, question)
    if identities.link_of(call.tx, found.other) is not None:
        raise _gone()
    joined = linking.join(call.tx, found.owner, found.other, call.now)
    made = IdentityLink(found.owner, found.other, call.now, reminders_aside=False)
    notices.put(call.tx, found.other, f"link-made:{question}", encode(_made(call, made)), call.now)
    return became_one(call, made, joined)


def _made(call: Call, made: IdentityLink) -> Reply:
    home = communities.get(call.tx, made.home.community)
    return reply(
        Heading(t("You are linked")),
        t("Here you now use the list, the plan and the board of {place}.", place=place(home)),
        Note(t("You count once, there. Your reminders come there too.")),
        Note(t("See the link, or end it, with {link}.", link=CommandRef("me link"))),
        buttons(unlink.button(stamp_for(call, made.side), t("End the link"))),
    )


@action("me link-no", again=Again.CHANGED)
def no(call: Call, *, question: Annotated[str, QUESTION]) -> Reply:
    """Say that it was not you who entered your code: nothing is linked, and nothing is shown."""
    found = _question(call, question)
    link_codes.drop(call.tx, found.owner)
    refused = reply(
        Heading(t("The link was not confirmed")),
        t("Nothing is linked, and nothing was shown."),
        Note(t("Was it you? Then ask for a new code there, and say yes to the question.")),
    )
    notices.put(call.tx, found.other, f"link-refused:{question}", encode(refused), call.now)
    return reply(
        t("Good. Nothing is linked, and nobody saw anything of yours."),
        Note(t("This code does not work any more. Show a code to nobody.")),
        buttons(new.button(call.stamp, t("Show a new code"))),
    )


def _question(call: Call, question: str) -> Question:
    found = link_codes.question_to(call.tx, call.own, call.now)
    if found is None or found.id != question:
        raise _gone()
    notices.withdraw(call.tx, call.own, _key(question))
    return found


def _key(question: str) -> str:
    return f"link-asked:{question}"


def _gone() -> StaleButton:
    return StaleButton(
        t("This question is not open any more."),
        t("To link, ask for a new code with {link}.", link=CommandRef("me link")),
    )


@action("me link-reminders", again=Again.CHANGED)
def reminders(call: Call, *, here: Annotated[bool, YesNo(label=t("Remind me here"))]) -> Reply:
    """Choose on which of two platforms reminders come."""
    made = _link(call)
    identities.remind(call.tx, made.side, aside=here == (call.own == made.side))
    where = call.own if here else made.other(call.own)
    return reply(
        t("Your reminders now come on {place}.", place=place(communities.get(call.tx, where.community))),
        Note(t("Change it with {link}.", link=CommandRef("me link"))),
    )


@action("me link-same", again=Again.CHANGED)
def same(call: Call, *, pair: Annotated[str, PAIR]) -> Reply:
    """Make one person of two on your list."""
    found = _pair(call, pair)
    _remember(call, found, same=True)
    side = next(iter(identities.others_of(call.tx, call.who)), None)
    (made,) = joining.fuse(call.tx, call.who, {found.other: found.lead}, side)
    return reply(
        t("{name} is on your list once now. Both histories are kept.", name=UserText(made.name)),
        *next_pair(call, call.who),
    )


@action("me link-another", again=Again.CHANGED)
def another(call: Call, *, pair: Annotated[str, PAIR]) -> Reply:
    """Keep two people of your list apart."""
    _remember(call, _pair(call, pair), same=False)
    return reply(t("Good. They stay two people on your list."), *next_pair(call, call.who))


def _pair(call: Call, pair: str) -> Pair:
    found = link_pairs.take(call.tx, call.who, pair)
    if found is None:
        raise _answered()
    return found


def _remember(call: Call, pair: Pair, *, same: bool) -> None:
    """Keep what was said of two spellings, so that it is asked once."""
    other = leads.find(call.tx, call.who, pair.other)
    if other is not None:
        spellings.remember(call.tx, call.who, other.name, other.organisation, pair.lead, same=same)


def _answered() -> StaleButton:
    return StaleButton(
        t("This question is not open any more."), t("See your list with {list}.", list=CommandRef("lead list"))
    )


@action("me unlink", again=Again.CHANGED)
def unlink(call: Call) -> Reply:
    """End the link: each side is on its own again."""
    made = _link(call)
    there = made.other(call.own)
    restored = linking.part(call.tx, made, call.now)
    notices.put(
        call.tx,
        there,
        f"link-ended:{made.since.isoformat()}",
        encode(ended(call, made, there, restored=restored)),
        call.now,
    )
    return ended(call, made, call.own, restored=restored)


def _link(call: Call) -> IdentityLink:
    made = identities.link_of(call.tx, call.own)
    if made is None:
        raise NotNow(t("You are not linked."), t("Link with {link}.", link=CommandRef("me link")))
    return made

"""Commands that link a person's members on two platforms: a one-time code, and its owner's private "yes"."""

import secrets
from typing import Annotated

from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, NotNow, StaleButton
from bot.engine.linked import stamp_for
from bot.engine.rules import Line, RowId, YesNo
from bot.features.link import linking
from bot.features.link.words import asking, became_one, ended, lines_there, next_pair, page, place
from bot.features.registry import action, command
from bot.store import communities, identities, joining, leads, link_codes, link_pairs, notices, spellings
from bot.store.identities import IdentityLink
from bot.store.link_codes import LinkQuestion
from bot.store.link_pairs import LeadPair
from bot.ui.codec import encode
from bot.ui.places import platform_name
from bot.ui.reply import Fields, Heading, Note, Paragraph, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Example, UserText

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""The letters of a code; those that are easily taken for another one are left out."""
CODE = Line(label=t("Code from the other platform"), most=20, no_contacts=True)
QUESTION = RowId(label=t("Question"))
PAIR = RowId(label=t("Two people"))
_UNUSED = (
    t("You are linked already, so I did not use the code."),
    Note(t("To link with another place, end this link first. Then enter the code again.")),
)
"""The answer to a member who is linked and enters a code; the code is not looked up, so nothing of it is told."""
_NO_NEED = t("You are linked already, so you need no code.")


@command("me link", example="/me link")
def link(call: Call, *, code: Annotated[str | None, CODE] = None) -> Reply:
    """Be one person on Slack and Discord, so that you count once."""
    identity_link = identities.link_of(call.tx, call.own)
    if identity_link is not None:
        return page(call, identity_link, *(() if code is None else _UNUSED))
    if code is not None:
        return _enter(call, code)
    question = link_codes.question_to(call.tx, call.own, call.now)
    if question is not None:
        return asking(call, call.stamp, question.other, question.id)
    return _offer(call)


@action("me link-new", again=SecondPress.ALWAYS)
def new(call: Call) -> Reply:
    """Show a new code, instead of an earlier one."""
    identity_link = identities.link_of(call.tx, call.own)
    return page(call, identity_link, _NO_NEED) if identity_link is not None else _offer(call)


def _offer(call: Call) -> Reply:
    """Make a new code and show it, in place of an earlier one."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    code = f"{letters[:4]}-{letters[4:]}"
    link_codes.offer(call.tx, call.own, code, call.now)
    return reply(
        Heading(t("Your code")),
        Fields(((t("Code"), UserText(code)),)),
        t("It works once, for 10 minutes. Show it to nobody."),
        *map(Note, lines_there(call, f"/me link code:{code}")),
        Note(t("Then I ask you here whether it is you. Nothing is linked before your yes.")),
        Note(t("The list and the plan you have here are then yours there too.")),
        buttons(enter.button(call.stamp, t("I have a code from there"))),
    )


@action("me link-code", form=t("Link"))
def enter(call: Call, *, code: Annotated[str, CODE]) -> Reply:
    """Enter the code that the other platform showed."""
    identity_link = identities.link_of(call.tx, call.own)
    return page(call, identity_link, *_UNUSED) if identity_link is not None else _enter(call, code)


def _enter(call: Call, code: str) -> Reply:
    """Ask the owner of a code whether it was they who entered it here.

    Raises:
        NotNow: there were too many tries, or it is the member's own code.
    """
    if not link_codes.may_try(call.tx, call.own, call.now):
        raise NotNow(t("That was too many tries."), t("Please wait ten minutes, then ask for a new code."))
    owner = link_codes.owner_of(call.tx, code, call.now)
    if owner == call.own:
        raise _own_code(call, code)
    if owner is None or owner.community == call.own.community:
        # A reply and no error: an error would roll back the count of tries. All codes that fail get the same reply.
        parts = (
            Paragraph(t("This code does not work.")),
            Note(t("A code works once, for 10 minutes. Ask for a new one with {link}.", link=CommandRef("me link"))),
        )
        return Reply(parts, BadValue.code)
    link_codes.withdraw(call.tx, call.own)
    question = link_codes.ask(call.tx, owner, call.own, call.now)
    message = asking(call, stamp_for(call, owner), call.own, question)
    notices.put(call.tx, owner, _key(question), encode(message), call.now)
    return _asked(communities.get(call.tx, owner.community).platform)


def _own_code(call: Call, code: str) -> NotNow:
    return NotNow(t("This is your own code, from here."), lines_there(call, f"/me link code:{code}")[0])


def _asked(platform: str) -> Reply:
    name, line = platform_name(platform), Example("/me link", on=platform)
    return reply(
        Heading(t("One more step")),
        t("I asked on {platform} whether it is you. Please say yes there.", platform=name),
        Note(t("Do you see no question on {platform}? Type {line} there.", platform=name, line=line)),
        Note(t("The question waits for one hour. Nothing is linked before.")),
    )


@action("me link-yes", again=SecondPress.CHANGED)
def yes(call: Call, *, question: Annotated[str, QUESTION]) -> Reply:
    """Say that it was you who entered your code on the other platform: both become one person."""
    answered = _take_question(call, question)
    # The other member may have linked with a third place since the code was entered.
    if identities.link_of(call.tx, answered.other) is not None:
        raise _no_open_question()
    joined = linking.join(call.tx, answered.owner, answered.other, call.now)
    identity_link = IdentityLink(answered.owner, answered.other, call.now, reminders_aside=False)
    message = _message_to_side(call, identity_link)
    notices.put(call.tx, answered.other, f"link-made:{question}", encode(message), call.now)
    return became_one(call, identity_link, joined)


def _message_to_side(call: Call, identity_link: IdentityLink) -> Reply:
    """Write the message for the member who entered the code, on the platform where they did."""
    home = communities.get(call.tx, identity_link.home.community)
    return reply(
        Heading(t("You are linked")),
        t("Here you now use the list and the plan of {place}.", place=place(home)),
        Note(t("You count once, there. Your reminders come there too.")),
        Note(t("See the link, or end it, with {link}.", link=CommandRef("me link"))),
        buttons(unlink.button(stamp_for(call, identity_link.side), t("End the link"))),
    )


@action("me link-no", again=SecondPress.CHANGED)
def no(call: Call, *, question: Annotated[str, QUESTION]) -> Reply:
    """Say that it was not you who entered your code: nothing is linked, and nothing is shown."""
    answered = _take_question(call, question)
    # Somebody else knows the code, so it must not work once more.
    link_codes.drop(call.tx, answered.owner)
    refused = reply(
        Heading(t("The link was not confirmed")),
        t("Nothing is linked, and nothing was shown."),
        Note(t("Was it you? Then ask for a new code there, and say yes to the question.")),
    )
    notices.put(call.tx, answered.other, f"link-refused:{question}", encode(refused), call.now)
    return reply(
        t("Good. Nothing is linked, and nobody saw anything of yours."),
        Note(t("This code does not work any more. Show a code to nobody.")),
        buttons(new.button(call.stamp, t("Show a new code"))),
    )


def _take_question(call: Call, question_id: str) -> LinkQuestion:
    """Return the open question to the member, and withdraw the notice that asked it.

    Raises:
        StaleButton: this question is not open any more.
    """
    question = link_codes.question_to(call.tx, call.own, call.now)
    if question is None or question.id != question_id:
        raise _no_open_question()
    notices.withdraw(call.tx, call.own, _key(question_id))
    return question


def _key(question_id: str) -> str:
    return f"link-asked:{question_id}"


def _no_open_question() -> StaleButton:
    return StaleButton(
        t("This question is not open any more."),
        t("To link, ask for a new code with {link}.", link=CommandRef("me link")),
    )


@action("me link-reminders", again=SecondPress.CHANGED)
def reminders(call: Call, *, here: Annotated[bool, YesNo(label=t("Remind me here"))]) -> Reply:
    """Choose on which of two platforms reminders come."""
    identity_link = _own_link(call)
    # Reminders go to the side when they are wanted here and here is the side, or elsewhere and here is the home.
    identities.remind(call.tx, identity_link.side, aside=here == (call.own == identity_link.side))
    where = call.own if here else identity_link.other(call.own)
    return reply(
        t("Your reminders now come on {place}.", place=place(communities.get(call.tx, where.community))),
        Note(t("Change it with {link}.", link=CommandRef("me link"))),
    )


@action("me link-same", again=SecondPress.CHANGED)
def same(call: Call, *, pair: Annotated[str, PAIR]) -> Reply:
    """Make one person of two on your list."""
    answered = _take_pair(call, pair)
    # Before the leads are fused: afterwards the other one has no name to remember.
    _remember(call, answered, same=True)
    side = next(iter(identities.others_of(call.tx, call.who)), None)
    (lead,) = joining.join_same(call.tx, call.who, {answered.other: answered.lead}, side)
    return reply(
        t("{name} is on your list once now. Both histories are kept.", name=UserText(lead.name)),
        *next_pair(call, call.who),
    )


@action("me link-another", again=SecondPress.CHANGED)
def another(call: Call, *, pair: Annotated[str, PAIR]) -> Reply:
    """Keep two people of your list apart."""
    _remember(call, _take_pair(call, pair), same=False)
    return reply(t("Good. They stay two people on your list."), *next_pair(call, call.who))


def _take_pair(call: Call, pair_id: str) -> LeadPair:
    """Return two leads that are asked about, and take them off the open questions.

    Raises:
        StaleButton: the question is answered already.
    """
    pair = link_pairs.take(call.tx, call.who, pair_id)
    if pair is None:
        raise StaleButton(
            t("This question is not open any more."), t("See your list with {list}.", list=CommandRef("lead list"))
        )
    return pair


def _remember(call: Call, pair: LeadPair, *, same: bool) -> None:
    """Store what the member said of two spellings, so that it is asked once."""
    lead = leads.find(call.tx, call.who, pair.other)
    if lead is not None:
        spellings.remember(call.tx, call.who, lead.name, lead.organisation, pair.lead, same=same)


@action("me unlink", again=SecondPress.CHANGED)
def unlink(call: Call) -> Reply:
    """End the link: each side is on its own again."""
    identity_link = _own_link(call)
    other_member = identity_link.other(call.own)
    restored = linking.part(call.tx, identity_link, call.now)
    notices.put(
        call.tx,
        other_member,
        f"link-ended:{identity_link.since.isoformat()}",
        encode(ended(call, identity_link, other_member, restored=restored)),
        call.now,
    )
    return ended(call, identity_link, call.own, restored=restored)


def _own_link(call: Call) -> IdentityLink:
    identity_link = identities.link_of(call.tx, call.own)
    if identity_link is None:
        raise NotNow(t("You are not linked."), t("Link with {link}.", link=CommandRef("me link")))
    return identity_link

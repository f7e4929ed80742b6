"""Commands for the text of a message: draft one from the member's answers, and check one."""

from collections.abc import Mapping
from typing import Annotated

from bot.domain.ask import Wording
from bot.domain.ids import LeadId
from bot.domain.lead import KnowsTerm, Lead
from bot.domain.outreach.draft import Answers, build
from bot.domain.outreach.naming import wording_of
from bot.domain.outreach.review import Fault, MessageRecipient, NotAMessage, Review, review
from bot.domain.outreach.roles import ROLES, role_in
from bot.domain.outreach.term import find_term
from bot.engine import drafts
from bot.engine.call import Call
from bot.engine.contacts import has_contact
from bot.engine.errors import BadValue
from bot.engine.refs import SpokenLanguage
from bot.engine.rules import Choice, Lines, Number
from bot.features.ask.outreach import NOT_READ, fix_words, good_words
from bot.features.people import TALKS, LeadRef, own_lead, told_button
from bot.features.registry import command
from bot.ui.button import Style
from bot.ui.reply import File, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import UserText

EYE = Lines(
    label=t("What do you like about their work?"),
    hint=t("One thing that only they did. For example: your talk about the river."),
    most=200,
    no_contacts=True,
)
SHARE = Lines(
    label=t("What do you two have in common?"),
    hint=t("A place, a school, a person you both know, a hobby."),
    most=200,
    no_contacts=True,
)
WANT = Lines(
    label=t("What do you want to understand?"),
    hint=t("One topic. For example: how you test in winter."),
    most=200,
    no_contacts=True,
)


def _first_answers(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    """Prefill the draft with what the member noted about the lead."""
    lead = own_lead(call, LeadId(str(values["lead"])))
    # The note may be longer than the field takes.
    return {"eye": lead.why[: EYE.most].strip() or None, "minutes": 20, "how": Wording.CALL}


@command(
    "ask draft",
    form=t("Draft a message"),
    prefill=_first_answers,
    example='/ask draft lead:"dana"',
    own_names=("want",),
)
def draft(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    eye: Annotated[str | None, EYE] = None,
    share: Annotated[str | None, SHARE] = None,
    want: Annotated[str | None, WANT] = None,
    minutes: Annotated[int | None, Number(label=t("How many minutes?"), least=5, most=60)] = None,
    how: Annotated[Wording | None, Choice(label=t("How do you want to talk?"), of=TALKS)] = None,
    language: Annotated[str | None, SpokenLanguage(label=t("Language of the message"), asked=False)] = None,
) -> Reply:
    """Make a first message from your own answers; you send it yourself."""
    recipient = own_lead(call, lead)
    text = build(Answers(recipient.name, eye, share, want, minutes, how), language or call.language)
    values = {"lead": lead, "eye": eye, "share": share, "want": want, "minutes": minutes, "how": how}
    return reply(
        Heading(t("Your draft for {name}", name=UserText(recipient.name))),
        Paragraph(UserText(text.message)),
        Paragraph(t("Shorter, for a connection request:")),
        Paragraph(UserText(text.note)),
        Note(t("Write your own words where you see [brackets].")),
        Note(t("Your answers are long, so I made some shorter. Look for the three dots (…)."))
        if text.shortened
        else None,
        *_warnings(review(text.message, _reader(call, recipient))),
        Note(t("Copy it and send it yourself. I never write to anybody.")),
        File("message.txt", "text/plain", text.message + "\n", in_words=True),
        File("note.txt", "text/plain", text.note + "\n", in_words=True),
        buttons(
            told_button(call, recipient, t("I sent it"), Style.MAIN, wording=how),
            drafts.again(call, draft, t("Change my answers"), {**values, "language": language}),
        ),
    )


def _warnings(reviewed: Review | NotAMessage) -> list[Note]:
    """Warn of faults that came with the member's answers; the gaps of a draft are in brackets and need no warning."""
    from_answers = {Fault.JOB, Fault.TERM, Fault.ATTACHMENT, Fault.TOO_MANY}
    if isinstance(reviewed, NotAMessage):
        return []
    return [Note(fix_words(fix, reviewed)) for fix in reviewed.faults if fix.fault in from_answers]


@command(
    "ask check",
    form=t("Check a message"),
    example='/ask check text:"Hello Dana, could we talk for 20 minutes about your river sensor?"',
)
def check(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Your message"), most=3000)],
    lead: Annotated[LeadId | None, LeadRef(label=t("Person"))] = None,
) -> Reply:
    """Read your message: what is good, and what to change first."""
    recipient = own_lead(call, lead) if lead else None
    reviewed = review(text, _reader(call, recipient))
    if isinstance(reviewed, NotAMessage):
        raise BadValue(NOT_READ[reviewed], t("Please paste the whole message you want to send."))
    more = len(reviewed.faults) - len(reviewed.fixes)
    return reply(
        Heading(t("Your message")),
        Paragraph(t("Good:")),
        Listing(good_words(reviewed)),
        *_to_change(reviewed),
        Note(
            tn(
                "There is {n} more thing to change. It is less important.",
                "There are {n} more things to change. They are less important.",
                more,
            )
        )
        if more
        else None,
        _knows_term_note(call, recipient, text),
        Note(t("Nobody else sees this. You send it yourself.")),
        buttons(
            told_button(call, recipient, t("I sent it"), Style.MAIN, wording=wording_of(text)) if recipient else None,
            # A draft is stored with its text, and an outsider's address or number must not be stored.
            drafts.again(call, check, t("Change my text"), {"text": text, "lead": lead})
            if has_contact(text) is None
            else check.button(call.stamp, t("Check again"), lead=lead),
        ),
    )


def _to_change(reviewed: Review) -> tuple[Part, ...]:
    if not reviewed.fixes:
        return (Paragraph(t("I see nothing to change. Send it when you are ready.")),)
    fixes = tuple(fix_words(fix, reviewed) for fix in reviewed.fixes)
    return (Paragraph(t("What to change, the most important first:")), Listing(fixes, numbered=True))


def _reader(call: Call, lead: Lead | None) -> MessageRecipient:
    """Describe who will read the message, as far as the review depends on it."""
    if lead is None:
        return MessageRecipient()
    return MessageRecipient(
        knows_term=lead.knows_term is KnowsTerm.YES or _role(call, lead) is not None, about=lead.why
    )


def _role(call: Call, lead: Lead) -> str | None:
    """Find a job in the notes on a lead whose people know the special term; None when the member answered that."""
    if lead.knows_term is not KnowsTerm.NOT_SURE:
        return None
    return role_in((lead.why, lead.organisation, lead.notes), call.community.term_roles or ROLES)


def _knows_term_note(call: Call, lead: Lead | None, text: str) -> Note | None:
    """Say that the special term in a message is no problem for this lead; None when it is one, or is not used."""
    term = find_term(text)
    role = _role(call, lead) if lead is not None else None
    if term is None or role is None:
        return None
    return Note(
        t(
            'You wrote that they work as "{role}". So they know the term "{term}".',
            role=UserText(role),
            term=UserText(term),
        )
    )

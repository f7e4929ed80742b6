"""A button is used once, and a form is sent once: the same again gets the first answer, and changes nothing.

A line may well be typed again; one that counts is asked about when it comes right after itself. What may be done again has a button that says so. What only reads, or opens a form, may be pressed at any time.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.domain.ids import CommunityId, Who
from bot.engine.command import AnyCommand, SecondPress
from bot.engine.invocation import CalledCommand, Invocation, PressedButton, SubmittedForm, TypedLine
from bot.store import deliveries, identities, members, mentions, senders
from bot.store.database import Tx
from bot.store.deliveries import Delivery, Press
from bot.ui.codec import decode
from bot.ui.reply import Note, Reply, reply
from bot.ui.text import t

AT_ONCE = timedelta(minutes=1)
"""How soon the same line is so likely a slip that it is asked about."""


def press_of(invocation: Invocation, command: AnyCommand) -> Press | None:
    """Hash the button or form that was used; None for a typed line.

    A button for everyone is another button for each person. A form that opens again is another form, so that a person
    can change what they said; only one that is sent twice as it was is the same.
    """
    request, who = invocation.request, invocation.sender.user
    match request:
        case PressedButton(token) if command.again is not SecondPress.ALWAYS:
            once = command.again is SecondPress.NEVER
            return Press(_hash("press", who, token), command.lasts if once else deliveries.KEPT_FOR)
        case SubmittedForm(token, values):
            parts = (part for name in sorted(values) for part in (name, values[name]))
            return Press(_hash("form", who, token, *parts))
        case _:
            return None


def line_of(invocation: Invocation, command: AnyCommand, raw: Mapping[str, str]) -> Press | None:
    """Hash a typed line of a command that must not count twice by accident; None for everything else."""
    if not command.once or not isinstance(invocation.request, TypedLine | CalledCommand):
        return None
    parts = (part for name in sorted(raw) for part in (name, " ".join(raw[name].split()).casefold()))
    return Press(deliveries.LINE + _hash("line", invocation.sender.user, command.name, *parts))


def is_twice(tx: Tx, community: CommunityId, line: Press | None, now: datetime) -> bool:
    """Tell whether the same line was typed within the last minute, and was not taken back since."""
    first = deliveries.pressed(tx, community, line.key) if line is not None else None
    return first is not None and now - first.answered < AT_ONCE


def expect(tx: Tx, invocation: Invocation) -> None:
    """Say that the first answer to a delivery will be looked for, as soon as it is known where it came from."""
    home = senders.home_of(tx, invocation.place.platform, invocation.place.community)
    if home is not None:
        deliveries.expect(tx, home, invocation.delivery)


def first_answer(
    tx: Tx, community: CommunityId, invocation: Invocation, command: AnyCommand
) -> tuple[Reply, str] | None:
    """Give the answer that the same delivery, button or form got before, with its language; None when it is new."""
    again = deliveries.find(tx, community, invocation.delivery)
    if again is not None:
        return _stored_answer(again), again.language
    press = press_of(invocation, command)
    first = deliveries.pressed(tx, community, press.key) if press is not None else None
    if first is None:
        return None
    answer = _stored_answer(first)
    person = _members_of_person(tx, community, invocation.sender.user, first)
    if isinstance(invocation.request, SubmittedForm) or deliveries.is_last(tx, person, first):
        return answer, first.language
    if command.again is SecondPress.CHANGED:
        return None
    note = Note(t("You pressed this button before. Nothing changed now."))
    return Reply((*answer.parts, note), answer.error), first.language


def _stored_answer(delivery: Delivery) -> Reply:
    """Decode a stored answer; one that named an erased member was deleted, so the reader learns only that it was done."""
    if delivery.answer == mentions.GONE:
        return reply(t("I did this before."), Note(t("My answer is gone, because it named somebody who left.")))
    return decode(delivery.answer)


def _members_of_person(tx: Tx, community: CommunityId, user: str, first: Delivery) -> list[Who]:
    """List the members that are one person with whoever pressed first: here, after being forgotten, and linked ones."""
    now = members.find(tx, community, user)
    here = [Who(community, member) for member in {first.member, *((now.id,) if now is not None else ())}]
    acts_as = [identities.acts_as(tx, who) or who for who in here]
    return [*here, *acts_as, *(other for who in acts_as for other in identities.others_of(tx, who))]


def _hash(*parts: str) -> bytes:
    # Halves of letters, which some clients send, are hashed as they are.
    # Each part follows its length, so that no two lists of parts are written alike.
    written = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return sha256(written.encode(errors="surrogatepass")).digest()[:16]

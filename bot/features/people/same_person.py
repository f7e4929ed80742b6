"""Tells whether a typed name is a lead on the list, a new one, or so alike that the member has to be asked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.domain.name_words import is_title
from bot.domain.sameness import is_organisation
from bot.engine.errors import BadValue, BotError
from bot.engine.reading import Refusal
from bot.engine.rule import Doubtful, Kind, Rule, Suggestion
from bot.features.people.refs import LeadRef
from bot.letters import folded
from bot.store import leads, spellings
from bot.ui.text import Text, t
from bot.ui.values import UserText
from bot.ui.voice import say

if TYPE_CHECKING:
    from bot.engine.call import Call

ANOTHER = "another"
MOST_ALIKE = 4
"""People who are offered, beside "another person"; five buttons stand in a row."""
SHOWN = 60
"""Letters of a person on a button, which has 75 in all."""


@dataclass(frozen=True, kw_only=True)
class SameAs(Rule[str]):
    """The answer to "is it the same person?": the id of a lead on the list, or "another"."""

    kind = Kind.REF
    reads = str

    def read(self, call: "Call", raw: str) -> str:
        """Read "another", or the lead that is named.

        Raises:
            BotError: no lead on the list fits.
        """
        if folded(raw) in {ANOTHER, "autre", "une autre personne", "another person"}:
            return ANOTHER
        return LeadRef(label=self.label, open_only=False).read(call, raw)

    def offers(self, call: "Call") -> tuple[Suggestion, ...]:
        """Offer "another person", and the people on the list where they are few."""
        people = LeadRef(label=self.label, open_only=False).offers(call)
        return (Suggestion(say(t("No, another person"), call.language), ANOTHER), *people) if people else ()

    def suggest(self, call: "Call", typed: str) -> tuple[Suggestion, ...]:
        """Offer "another person" first, then the people on the list."""
        another = Suggestion(say(t("No, another person"), call.language), ANOTHER)
        return (another, *LeadRef(label=self.label, open_only=False).suggest(call, typed))


SAME = SameAs(label=t("Same person, or another person"), asked=False)


def who_is(call: "Call", name: str, organisation: str, same: str | None, *, but: LeadId | None = None) -> Lead | None:
    """Find the lead on the list that a name means; None when it is somebody new.

    Args:
        call: the present call.
        name: the name as typed.
        organisation: where they work, as typed.
        same: what the member answered to "is it the same person?"; None when it was not asked.
        but: the lead that is being renamed, which is never a match for itself.

    Raises:
        Refusal: the name is an organisation's, or a title, or a lead is so alike that only the member can tell.
    """
    if is_organisation(name, organisation):
        raise Refusal({"name": _organisation_alone(name)})
    if is_title(name):
        raise Refusal({"name": _title_alone(name)})
    listed, alike = spellings.look_for(call.tx, call.who, name, organisation)
    if listed is not None and listed.id != but:
        return listed
    candidates = [lead for lead in alike if lead.id != but]
    if not candidates:
        return None
    if same is None:
        raise Refusal({"same": _ask_which(candidates[:MOST_ALIKE])})
    if same == ANOTHER:
        # "Another person" was said of all of them, those that had no button too; so it is asked only once.
        for lead in candidates:
            spellings.remember(call.tx, call.who, name, organisation, lead.id, same=False)
        return None
    spellings.remember(call.tx, call.who, name, organisation, LeadId(same), same=True)
    return leads.find(call.tx, call.who, LeadId(same))


def _organisation_alone(name: str) -> BotError:
    return BadValue(
        t("{name} is an organisation. Who is the person there?", name=UserText(name)),
        t('If they work alone, write "self-employed" as the organisation.'),
    )


def _title_alone(name: str) -> BotError:
    return BadValue(
        t("{name} is a title. What is the name of this person?", name=UserText(name)),
        t('You can write initials, such as "D. R.".'),
    )


def _ask_which(candidates: list[Lead]) -> Doubtful:
    """Ask whether the typed name is one of these leads; there is at least one."""
    if len(candidates) == 1:
        (lead,) = candidates
        return Doubtful(
            t("You have {person} on your list.", person=_name_and_organisation(lead)),
            t("Is it the same person?"),
            options=((lead.id, t("Yes, the same person")), (ANOTHER, t("No, another person"))),
        )
    options = tuple((lead.id, t("The same as {person}", person=UserText(_short(lead)))) for lead in candidates)
    return Doubtful(
        t("You have people with such a name on your list."),
        t("Is it one of them?"),
        options=(*options, (ANOTHER, t("No, another person"))),
    )


def _name_and_organisation(lead: Lead) -> Text:
    return t("{name}, {organisation}", name=UserText(lead.name), organisation=UserText(lead.organisation))


def _short(lead: Lead) -> str:
    words = f"{lead.name}, {lead.organisation}"
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"

"""Who is meant when a name is given: somebody on the list, somebody alike who is asked about, or somebody new."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
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
    """Which person on the list is meant by a name that is merely alike, or that it is another one."""

    kind = Kind.REF
    reads = str

    def read(self, call: "Call", raw: str) -> str:
        """Read "another", or find the person.

        Raises:
            BotError: nobody on the list is meant.
        """
        if folded(raw) in {ANOTHER, "autre", "une autre personne", "another person"}:
            return ANOTHER
        return LeadRef(label=self.label, open_only=False).read(call, raw)

    def offers(self, call: "Call") -> tuple[Suggestion, ...]:
        """Offer "another person", and the people on the list where they are few."""
        known = LeadRef(label=self.label, open_only=False).offers(call)
        return (Suggestion(say(t("No, another person"), call.language), ANOTHER), *known) if known else ()

    def suggest(self, call: "Call", typed: str) -> tuple[Suggestion, ...]:
        """Offer "another person" first, then the people on the list."""
        another = Suggestion(say(t("No, another person"), call.language), ANOTHER)
        return (another, *LeadRef(label=self.label, open_only=False).suggest(call, typed))


SAME = SameAs(label=t("Same person, or another person"), asked=False)


def who_is(call: "Call", name: str, organisation: str, same: str | None, *, but: LeadId | None = None) -> Lead | None:
    """Find the person on the list who is meant; None when it is somebody new. `but` is the entry being changed.

    Raises:
        Refusal: the name is an organisation's, or somebody is so alike that only the member can tell.
    """
    if is_organisation(name, organisation):
        raise Refusal({"name": _organisation_alone(name)})
    found = spellings.known(call.tx, call.who, name, organisation)
    if found is not None and found.id != but:
        return found
    alike = [each for each in spellings.alike(call.tx, call.who, name, organisation) if each.id != but]
    if not alike:
        return None
    if same is None:
        raise Refusal({"same": _which(alike[:MOST_ALIKE])})
    if same == ANOTHER:
        for each in alike:
            spellings.remember(call.tx, call.who, name, organisation, each.id, same=False)
        return None
    spellings.remember(call.tx, call.who, name, organisation, LeadId(same), same=True)
    return leads.find(call.tx, call.who, LeadId(same))


def _organisation_alone(name: str) -> BotError:
    return BadValue(
        t("{name} is an organisation. Who is the person there?", name=UserText(name)),
        t('If they work alone, write "self-employed" as the organisation.'),
    )


def _which(alike: list[leads.LeadName]) -> Doubtful:
    if len(alike) == 1:
        (one,) = alike
        said = t("You have {person} on your list.", person=_written(one))
        return Doubtful(
            said,
            t("Is it the same person?"),
            options=((one.id, t("Yes, the same person")), (ANOTHER, t("No, another person"))),
        )
    options = tuple((each.id, t("The same as {person}", person=UserText(_short(each)))) for each in alike)
    return Doubtful(
        t("You have people with such a name on your list."),
        t("Is it one of them?"),
        options=(*options, (ANOTHER, t("No, another person"))),
    )


def _written(one: leads.LeadName) -> Text:
    return t("{name}, {organisation}", name=UserText(one.name), organisation=UserText(one.organisation))


def _short(one: leads.LeadName) -> str:
    words = f"{one.name}, {one.organisation}"
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"

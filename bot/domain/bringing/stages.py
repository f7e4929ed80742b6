"""The stage of a person, as other lists name it in English and French, as one of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.bringing.headings import heading
from bot.domain.lead import CloseReason, Stage


@dataclass(frozen=True, slots=True)
class ToldStage:
    """Where somebody stands, and why nothing goes on with them when they are closed."""

    stage: Stage = Stage.NEW
    reason: CloseReason | None = None


_TALK = (
    r"(?:(?:meeting|talk|call|coffee|chat|interview|zoom|discussion|rencontre|entretien|echange|appel|cafe|rdv|"
    r"rendez vous|visio) )+(?:is |was |est |a ete )?"
)
_WAYS: Sequence[tuple[ToldStage, str]] = (
    (
        ToldStage(),
        (
            r"not (?:yet )?(?:contacted|asked|started|met)|to (?:do|contact|ask|reach|write)|a (?:faire|contacter|demander|"
            r"ecrire|joindre)|pas (?:encore )?(?:contacte|demande)e?|pas encore|new|nouveau|nouvelle|wish ?list|backlog|"
            r"prospect|saved|identified|identifiee?|idea|idee"
        ),
    ),
    (
        ToldStage(Stage.CLOSED, CloseReason.SAID_NO),
        r"rejected|declined|said no|la reponse est non|reponse negative|refus\w*|a dit non|ont dit non|not interested|pas interessee?s?|no thanks",
    ),
    (ToldStage(Stage.CLOSED, CloseReason.NO_ANSWER), r"ghosted|unresponsive|gave up|abandonnee?"),
    (ToldStage(Stage.CLOSED, CloseReason.NOT_FOR_ME), r"not for me(?: any more)?|plus pour moi|pas pour moi"),
    (
        ToldStage(Stage.MEETING),
        _TALK + r"(?:planned|scheduled|booked|set|confirmed|prevue?|planifiee?|prise?|confirmee?)",
    ),
    (
        ToldStage(Stage.MET),
        _TALK + r"(?:done|held|over|completed|finished|terminee?|faite?|finie?|passee?|tenue?|(?:a )?eu lieu)",
    ),
    (
        ToldStage(Stage.CLOSED, CloseReason.DONE),
        (
            r"closed|done|fermee?|close|clos|terminee?|finie?|archivee?|archived|completed?|inactive|inactif|lost|perdue?|"
            r"we are done|c est fini"
        ),
    ),
    (
        ToldStage(Stage.ASKED),
        (
            r"no (?:answer|reply|response)|(?:sans|pas de|aucune) reponse|pas (?:encore )?repondu|awaiting (?:reply|answer)|"
            r"waiting\b.*|en attente(?: de reponse)?"
        ),
    ),
    (ToldStage(Stage.IN_TOUCH), r"(?:keep(?:ing)? )?in touch|en contact|garder contact|en lien|follow up later"),
    (
        ToldStage(Stage.MEETING),
        (r"scheduled|planned|booked|planifiee?|prevue?|rendez vous|rdv|meeting|interviewing"),
    ),
    (
        ToldStage(Stage.MET),
        (
            r"met|met with|had (?:a )?(?:call|chat|coffee|talk|meeting)|rencontree?s?|spoke|talked|(?:nous avons )?parle|vue?|"
            r"interviewed|discute"
        ),
    ),
    (
        ToldStage(Stage.REPLIED),
        r"repl(?:y|ied)|respon(?:ded|se)|answered|(?:a |ont )?repondu|reponse(?: recue)?|interested|interessee?|accepted",
    ),
    (
        ToldStage(Stage.ASKED),
        (
            r"asked|contacted|messaged|e ?mailed|sent|message sent|pending|contactee?s?|demandee?s?|envoyee?|message envoye|"
            r"ecrit|reached out|outreach|applied|postulee?|relancee?s?|a relancer|(?:to )?follow(?:ed)? up|in progress|en cours"
        ),
    ),
)
_READ = [(standing, re.compile(pattern)) for standing, pattern in _WAYS]


def standing_of(cell: str) -> ToldStage | None:
    """Read a stage: the whole cell, else the first known words in it; None when no stage of ours fits."""
    words = heading(cell)
    if not words:
        return ToldStage()
    for standing, pattern in _READ:
        if pattern.fullmatch(words):
            return standing
    for standing, pattern in _READ:
        if re.search(rf"\b(?:{pattern.pattern})\b", words):
            return standing
    return None

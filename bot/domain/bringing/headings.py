"""What a column of a brought table holds, told from its heading in English or French."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.letters import folded

LOOKED_AT = 30
"""Rows among which the headings are looked for; exports have notes above them."""


class KeptField(StrEnum):
    """What we keep of a person."""

    NAME = "name"
    FIRST = "first"
    LAST = "last"
    ORGANISATION = "organisation"
    WHY = "why"
    POSITION = "position"
    NOTES = "notes"
    STAGE = "stage"
    ADDED = "added"
    CONTACTED = "contacted"
    SOURCE = "source"


class DropReason(StrEnum):
    """Why a column is not kept."""

    CONTACT = "contact"
    """It is an address or a number, which is never kept of outsiders."""
    PRIVATE = "private"
    """It is about somebody's private life, or their papers."""
    NO_PLACE = "no-place"
    """There is no place for it."""


_WORDS: Mapping[KeptField, str] = {
    KeptField.NAME: "name, full name, person, contact, contact name, who, nom complet, nom et prenom, prenom et nom, "
    "nom prenom, prenom nom, personne, qui, display name, formatted name, file as, lead, lead name, nom du contact, "
    "nom de la personne, person name, name or initials, nom ou initiales, nom affiche, people, candidate, interlocuteur, "
    "card name, card title, page name",
    KeptField.FIRST: "first name, firstname, given name, first, prenom, prenoms",
    KeptField.LAST: "last name, lastname, surname, family name, last, nom de famille, nom famille",
    KeptField.ORGANISATION: "organisation, organization, company, employer, where they work, workplace, company name, "
    "organisation name, organization name, organization 1 name, entreprise, societe, employeur, compagnie, organisme, "
    "lieu de travail, ou travaille la personne, firm, business, account, account name, nom de l entreprise, "
    "nom de la societe, current company, entreprise actuelle, school, ecole, agency",
    KeptField.WHY: "why, reason, why you want to talk with them, why this person, purpose, goal, pourquoi, raison, motif, "
    "but, objectif, interest, interet, pourquoi cette personne",
    KeptField.POSITION: "position, job title, title, role, job, occupation, headline, organization title, "
    "organization 1 title, poste, fonction, titre, metier, emploi, intitule du poste, titre du poste, profession, "
    "current position, poste actuel, titre professionnel",
    KeptField.NOTES: "notes, note, comments, comment, remarks, remark, your notes, commentaire, commentaires, remarque, "
    "remarques, memo, details, observations, description, card description, next step, next action, prochaine etape, suite",
    KeptField.STAGE: "stage, status, state, progress, etape, statut, etat, avancement, where it stands, pipeline, phase, list name",
    KeptField.ADDED: "added, date added, added on, on your list since, created, created on, creation date, connected on, "
    "date, ajoute le, ajout, date d ajout, cree le, date de creation, connecte le, connexion le, date de connexion, "
    "since, depuis, sur votre liste depuis, found on, entry date",
    KeptField.CONTACTED: "last contact, contacted, contacted on, last contacted, asked on, date contacted, contact date, "
    "last contact date, date of contact, dernier contact, contacte le, date de contact, date du contact, "
    "date du dernier contact, demande le, last activity, last touch, sent on, date sent, envoye le, message sent, "
    "last message, dernier message, first contact, first contacted, premier contact, date du premier contact, "
    "date of first contact, first contact date,  outreach date, met on, meeting date, talked on, rencontre le",
    KeptField.SOURCE: "name given by, given by, source, referred by, referral, introduced by, who gave you this name, "
    "nom donne par, recommande par, presente par, donne par, par qui, reference",
}
_VAGUE = frozenset({"title", "titre", "role", "date", "contact", "person", "personne", "since", "depuis", "source"})
"""Headings that often stand for something else, so that a clearer one for the same goes before them."""
_ABOUT = re.compile(r"^(?:lead|contact|person) | (?:du contact|de la personne|of the (?:person|contact))$")
"""What a heading says of whom it is about, which all are."""
_BESIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_KNOWN = {heading: column for column, words in _WORDS.items() for heading in words.split(", ")}
_CONTACT = re.compile(
    r"\b(?:e ?mails?|mail|courriels?|couriel|mel|adresse electronique|messagerie|phones?|telephones?|tel|mobile|cell|cellulaire|"
    r"portable|fax|telecopieur|whatsapp|telegram|signal|viber|skype|wechat|im|chat|numero|number|gsm|pager)\b"
)
_PRIVATE = re.compile(
    r"\b(?:address(?:es)?|adresses?|street|rue|city of birth|postal|zip|birth ?days?|date of birth|dob|naissance|anniversaire|age|"
    r"gender|sexe|genre|religion|visa|immigration|citizenship|nationalit(?:y|e)|passports?|passeports?|permit|permis|"
    r"sin|nas|ssn|marital|civil|spouse|conjoint|children|enfants|photo|picture)\b"
)


def heading(cell: str) -> str:
    """Write a heading as it is compared: small letters without marks, and no signs."""
    return " ".join(re.sub(r"[^\w]+|_", " ", folded(cell.strip("\ufeff"))).split())


def column_of(cell: str) -> KeptField | DropReason:
    """Tell what a column holds by its heading."""
    whole = heading(cell)
    short = heading(_BESIDE.sub(" ", cell))
    for words in (whole, short, _ABOUT.sub("", short)):
        if words in _KNOWN:
            return _KNOWN[words]
    if _CONTACT.search(whole):
        return DropReason.CONTACT
    return DropReason.PRIVATE if _PRIVATE.search(whole) else DropReason.NO_PLACE


def columns_of(row: Sequence[str]) -> list[KeptField | DropReason | None]:
    """Tell what each column holds; None without a heading, and of two that hold the same the clearer or first is taken."""
    columns: list[KeptField | DropReason | None] = [column_of(cell) if cell.strip() else None for cell in row]
    headings = [heading(cell) for cell in row]
    if "nom" in headings:
        # In French a heading "Nom" is the family name where there is one for the given name.
        columns[headings.index("nom")] = KeptField.LAST if KeptField.FIRST in columns else KeptField.NAME
    if KeptField.FIRST in columns or KeptField.LAST in columns:
        whole = {"name", "full name", "nom complet", "display name", "formatted name", "nom affiche"}
        columns = [
            DropReason.NO_PLACE if column is KeptField.NAME and words not in whole else column
            for column, words in zip(columns, headings, strict=True)
        ]
    clear = {column for column, words in zip(columns, headings, strict=True) if words not in _VAGUE}
    columns = [
        DropReason.NO_PLACE if column in clear and words in _VAGUE and column is not KeptField.NOTES else column
        for column, words in zip(columns, headings, strict=True)
    ]
    return [
        DropReason.NO_PLACE
        if isinstance(column, KeptField) and column is not KeptField.NOTES and column in columns[:place]
        else column
        for place, column in enumerate(columns)
    ]


def heading_row(grid: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Find the row of headings: the first with the most that are known, one of them a name; with how many those are."""
    best: tuple[int, int] | None = None
    for place, row in enumerate(grid[:LOOKED_AT]):
        columns = [column for column in columns_of(row) if isinstance(column, KeptField)]
        if {KeptField.NAME, KeptField.FIRST, KeptField.LAST} & set(columns) and (
            best is None or len(columns) > best[1]
        ):
            best = place, len(columns)
    return best

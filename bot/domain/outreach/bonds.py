"""Signs in a message of why it goes to this person, and of what writer and reader share, in English and French."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Signs:
    """Patterns, each between whole words; put together when first looked for, because starting must not wait for it."""

    patterns: tuple[str, ...]

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"(?:\b(?:{pattern})\b)" for pattern in self.patterns))

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first sign in a text."""
        return self._all.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every sign in a text."""
        return self._all.finditer(text)

    def sub(self, new: str, text: str) -> str:
        """Put something in the place of every sign in a text."""
        return self._all.sub(new, text)


def any_of(*patterns: str) -> Signs:
    """Look for any of some patterns."""
    return Signs(patterns)


# What everybody has, so that naming it fits everybody.
ANYBODY = (
    r"(?:profile?s?|pages?|compan(?:y|ies)|experiences?|careers?|background|names?|contacts?|linkedin|jobs?|roles?"
    r"|positions?|fields?|industry|time|advice|help|networks?|path|journey|expertise|knowledge|organi[sz]ations?"
    r"|teams?|department|answers?|reply|calls?|email|messages?|opinion|availabilit(?:y|ies)|office|boss|managers?"
    r"|hr|website|site|consideration|convenience|support|understanding|family|day|week|side|brain|interest|agenda"
    r"|firms?|employers?|patience|thoughts|recommendations?|suggestions?|leads|life|choice|inbox|favou?r|colleagues"
    r"|voice|best|self|hiring|attention|response|kindness|guidance|insights?|success|skills|parents|calendar|schedule|feedback|own"
    r"|work(?! (?:on|with|at|about))"
    r"|entreprises?|societes?|emplois?|parcours|carrieres?|noms?|metiers?|postes?|domaines?|secteurs?"
    r"|travail(?! (?:sur|avec))|temps|conseils?|aide|reseau|savoir|organisme|equipes?|retour|appels?|avis"
    r"|disponibilites?|bureau|patron|rh|agenda|reponse|comprehension|comprehensif|journee|semaine|cote|cv|lecture"
    r"|gentillesse|bienveillance|succes|competences|calendrier|point|part|sujet|aimable|maison|horaires?|reflexion|patience|permission|accord|recommandations?|vie|service|firme|compagnie"
    r"|cabinet|emploi du temps|collegues|idees)"
)
_PRAISE = (
    r"(?:esteemed|great|impressive|kind|big|famous|nice|amazing|respected|honou?rable|valuable|precious|wonderful"
    r"|very|busy|positive|favou?rable|prompt|early|quick|valued|own|professional|current|honorable|grande?|belle|beau|riche|bel|impressionnant|precieux|precieuse"
    r"|aimable|prochaine?|tres|estimee?)"
)
_DONE_EN = (
    r"(?:wrote|written|said|built|made|led|ran|began|moved|taught|spoke|told|gave|given|won|left|went|came|grew|drew"
    r"|sang|took|set|sat|drove|kept|put|sold|brought|showed|shown|fixed|held|bred|rebuilt|redesigned|opened|founded|started"
    r"|\w{2,}(?:ied|[^aeiou]ed|ated|ised|ized|ured|ored|used|ired|ered|aired))"
)
_NOT_DONE = r"(?:interested|needed|wanted|retired|received|used|required|would need)"
_DOES_EN = (
    r"(?:run|lead|coach|teach|build|repair|own|organi[sz]e|translate|grow|count|explain|know|train|restore|write"
    r"|make|show|follow|help (?!me))"
)
_DONE_FR = (
    r"(?!(?:une?|le|la|les|l|des|du|de|d|cette|cet|ces|votre|quelques?|encore|besoin|envie|raison|peut|ete|mon|que"
    r"|beaucoup|dix|quinze|vingt|trente)\b)\w+(?:e|es|ee|ees|i|ie|is|it|its|ite|u|us|ue|ert|erts)"
)
_DOES_FR = (
    r"(?:ecrivez|dites?|racontez|dirigez|accompagnez|expliquez|suivez|connaissez|enseignez|tenez|donnez|formez"
    r"|reparez|construisez|organisez|animez|cultivez|traduisez|montrez|creez|aidez|fabriquez|photographiez)"
)
_ASKING = r"(?<!how )(?<!when )(?<!why )(?<!what )(?<!where )(?<!if )(?<!whether )(?<!do )(?<!did )(?<!can )(?<!could )"
_ASKING_FR = r"(?<!comment )(?<!quand )(?<!si )(?<!combien )(?<!pourquoi )(?<!ou )"

REASON = any_of(
    r"made me (?:want to )?write (?:to )?you \w+|envie de vous ecrire \w+",
    rf"your (?!{ANYBODY}\b)(?!{_PRAISE} (?:{_PRAISE} )?{ANYBODY}\b)\w+",
    rf"{_ASKING}you (?:ve |have |also |once |then |first |just |really |even )*(?!{_NOT_DONE}\b){_DONE_EN}",
    rf"how you (?!found|started|got|began|became|decided|made|came|ended|learned|entered|used){_DONE_EN}",
    rf"{_ASKING}you (?:now |also |still )*{_DOES_EN}",
    r"you (?:changed|moved|went|came|switched) from \w+",
    r"(?:heard|saw|watched|met|listened to) you (?!are\b|were\b|work\b|have\b|on linkedin|online|and\b|is\b)\w+",
    rf"your (?:\w+ )?(?:team|company|firm|work|shop|organi[sz]ation) (?:has |have )?(?!{_NOT_DONE}\b){_DONE_EN}",
    r"heard (?:from|about) \w+ .{0,40}you",
    rf"(?:votre|ton|vos) (?:equipe|entreprise|travail|compagnie|organisme) (?:a|ont) {_DONE_FR}",
    r"(?:gave|given) me your name|recommended you|spoke (?:to me )?(?:about|of) you|sent me to you",
    rf"(?<!la )(?<!le )(?<!les )(?:votre|vos|ton|tes) (?!{ANYBODY}\b)(?!{_PRAISE} {ANYBODY}\b)\w{{3,}}",
    rf"{_ASKING_FR}vous (?:y |en |nous )?avez (?:aussi |deja |bien |si bien )?{_DONE_FR}",
    rf"{_ASKING_FR}tu (?:as|a) (?:aussi |deja |bien )?{_DONE_FR}",
    rf"{_ASKING_FR}vous (?:y |en |nous )?etes (?:passee?|venue?|partie?|devenue?|alleé?)",
    rf"{_ASKING_FR}vous (?:y |en |nous )?(?!plait)(?:\w+ )?{_DOES_FR}",
    r"vous ai (?:entendue?s?|ecoutee?|vue?s?|rencontree?)",
    r"parle de vous|donne votre nom|de la part de|conseille de vous (?:ecrire|contacter)",
)

_NOBODY = r"(?:somebody|someone|people|they|everybody|everyone|who|on|he|she|it)"
COMMON = any_of(
    r"(?<!people )(?<!someone )(?<!those )(?<!newcomers )(?<!immigrants )(?<!somebody )like me|(?:she|he) and i|(?:elle|lui|il) et moi|(?<!gens )(?<!personnes )(?<!quelqu un )comme moi|we (?:met|sat|live|studied|belong|grew|went to|know)",
    r"(?:nous|on) (?:habit\w+|nous sommes (?:vus?|rencontres?)|(?:avons|a) (?:etudie|travaille|grandi))",
    r"we both|both of us|we (?:are|were|re) (?:both|almost|nearly|all|equal)|we share|us both|you and i|and i both",
    r"in common|so do i|so did i|same here|fellow|compatriots?|and mine|(?:from|in) the region of your",
    r"(?<!at the )(?<!all the )same (?!time\b)\w+|(?:to do|doing|did|am doing) the same",
    r"(?<!someone )(?<!people )(?<!expert )(?<!experts )(?<!person )(?<!somebody )like you(?! to\b| would\b| want\b)",
    r"yours (?:did|does|was|is|too)|you also (?:came|come|are|were|grew|studied|live|left|speak)|your (?:parents|native)",
    r"i (?:am |was |have |had |once )?also (?!attach|enclose|send|want|need|would|like|look)\w+|me too",
    r"i (?:\w+ ){1,9}too(?! (?:much|many|busy|late|loud|far|long|small|big|hard|shy|old|young|full|expensive))",
    r"i (?:\w+ ){1,9}as well(?! as)",
    rf"(?!{_NOBODY}\b)\w+ (?:told|tells) me (?:that |about )?you|gave me your name",
    r"tous (?:les )?deux|toutes (?:les )?deux|en commun|vous et moi|toi et moi|nous partageons|nous rapproche",
    r"(?<!quand )(?<!de )(?<!en )(?<!pas )memes? (?!si\b|pas\b|quand\b|temps\b)\w+|a egalite",
    r"(?<!quelqu un )(?<!gens )(?<!expert )(?<!experte )(?<!personne )(?<!professionnel )comme (?:vous|toi)",
    r"(?:mon|ma|mes) \w+ .{0,40}comme l[ae]s? votres?|l[ae] votre aussi|les miennes|les miens|la mienne|le mien",
    r"moi aussi|moi non plus|(?:suis|ai|fais|viens|etais|avais|en \w+) (?:\w+ ){0,3}(?:aussi|egalement)",
    r"vous (?:venez|etes|avez) aussi|vos parents|compatriote",
    r"(?<!on )m a (?:parle de vous|donne votre nom|conseille de vous|recommande|(?:raconte|dit|appris|explique) que vous)",
)

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
    r"(?:profile?s?|pages?|ressources|resources|compan(?:y|ies)|experiences?|careers?|background|names?|contacts?|linkedin|jobs?|roles?"
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

_SENSED = r"(?:read|saw|seen|heard|watched|listened|liked|loved|enjoyed|remember|noticed|admire[ds]?|love|like[ds]?|followed|learned|found)"
# What everybody may be said to do, so that it tells nobody apart.
_ANY_DEED = (
    r"(?:are|were|have|had|has|work\w*|do|did|can|could|would|will|may|might|must|should|shall|for|to|and|in|so|very|know|think"
    r"|want|like|prefer|need|get|got|find|found|help|see|a|all|the|with|about|if|on|at|too|because|please|well|who|this|that"
    r"|today|as|by|from|are|or|but|not|also|really|feel|agree|accept|decide|answer|reply|receive|read|take|wish|reach\w*|started"
    r"|began|begin|became|become|decided|entered|some|more|is|it|soon|when|how|what|why|where|which|there|here|just|only"
    r"|allow|consider|use|used|choose|chose|call|say|share|give|spare|tell|meet|talk|speak|good|my|your|our|his|her|before|after"
    r"|next|now|again|both|guys|sir|madam|don|didn|won|\w+day|even|can|ever|looking|hiring|doing|working|day|me|time|much|many)"
)
_ANY_DEED_FR = (
    r"(?:avez|etes|pouvez|pourrez|pourriez|voulez|voudriez|travaill\w+|faites|faisiez|etiez|aviez|auriez|seriez|aurez|serez|soyez|ayez"
    r"|devez|occupez|occupiez|exercez|pensez|preferez|souhaitez|savez|venez|puissiez|acceptez|acceptiez|desirez|recevez|recevrez"
    r"|lisez|lirez|allez|aidiez|aideriez|repondez|repondrez|trouvez|trouverez|vouliez|connaissez|cherchez|recherchez|recrutez"
    r"|embauchez|jugez|aimez|aimeriez|disposez|dirigeriez|veuillez|accorderez|accordez|conseillez|assez|chez|preniez|prenez|aurait)"
)
_NOT_DEED_FR = (
    r"(?:besoin|envie|une?|le|la|les|des|quelques?|pas|encore|beaucoup|raison|ete|disponible|occupee?|interesse\w*)"
)

# What the writer has been or done, up to the reader: "I repaired bikes", « mon père gardait un phare ».
BACKGROUND = re.compile(
    rf"\b((?:i (?:was|am|ve|have|had|come|came|live|lived|also|too|did|{_DONE_EN}|\w+ed)"
    r"|my (?:father|mother|aunt|uncle|family|grand\w+|hands|parents|brother|sister)"
    r"|j (?:ai|etais|avais|\w{3,}ais)|je (?:suis|viens|\w{2,}ais|fais|connais|vis)"
    r"|(?:mon|ma|mes) (?:pere|mere|tante|oncle|famille|grand\w*|mains|parents|frere|soeur)) .*)"
)
# "I was happy to read" tells of the reader's work, and "I am curious about bread" of no work at all.
NO_BACKGROUND = any_of(
    r"i (?:am|was|m) (?:\w+ )?(?:curious|interested|impressed|happy|glad|writing|looking|trying|sure|thinking|wondering|searching|inspired|amazed|starting|beginning)",
    r"i (?:have |ve )?(?:read|saw|seen|heard|watched|liked|loved|listened|found|wanted|asked|noticed|enjoyed|appreciated|learned|need\w*|hoped)",
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    r"i (?:was|am|sat|stood) (?:in|at|on|there|here|near|next|also there)|j etais (?:dans|a|au|en|la|sur|pres|devant)",
    r"i have (?:a |some |two |one |many )?questions?",
    r"j (?:ai|avais) (?:\w+ )?(?:lu|vu|entendu|ecoute|aime|adore|trouve|regarde|apprecie|remarque|besoin|envie|une question|des questions)",
    r"i (?:understood|laughed|cried|thought|smiled|stopped|tried)|j ai (?:\w+ )?(?:compris|ri|pleure|pense|souri|essaye)",
    r"(?:have|has) (?:\w+ ){0,2}years of experience|ans d experience",
    r"j (?:aimais|aimerais|aurais|apprecierais|adorerais|essaierais)|je (?:voudrais|voulais|souhaiterais|souhaitais|serais|pourrais|desirais|cherchais)",
    r"je suis (?:\w+ )?(?:curieu\w+|interesse\w*|impressionne\w*|heureu\w+|ravie?|inspiree?|touchee?)",
)
# After something that is true of this reader only, one's own work is told because it is alike.
WORKED = any_of(
    r"(?:family|generations?|line|village|famille|familles) (?:of|de|d) \w+|(?:as|being) (?:an? )?(?:former|trained|ex|old) \w+|anciene?(?:ne)? \w+",
    r"(?:was|been|am) trained|formee? (?:en|comme)|i know (?:this (?!is)|how hard|how it)|je (?:sais donc|sais combien|connais)|i learn(?:ed|t) \w+ (?:from|with|in)|m a appris",
    r"i (?:was|have been|ve been|used to be) (?:an? |the )?(?!not|in|at|on|so|very|there|here|the|when|also|too|near|with|born|able)\w{4,} (?:in|for|at|of|teacher|assistant|worker|engineer)",
    r"i (?:have )?(?:worked|studied|taught|trained|managed|drove|made|sold|repaired|built|cooked|sewed|designed) (?:\w+ ){0,6}?(?:in|for|at|with|as)",
    r"(?:i|my) (?:\w+ ){1,8}(?:for|since) (?:\w+ )?\w+ years|\w+ years (?:as|of|in)",
    r"j (?:etais|ai ete) (?:une? )?(?!la|le|a|au|en|dans|la|tres|si|une?)\w{4,}|je (?:faisais|dirigeais|reparais|enseignais|conduisais|vendais|dessinais|coiffe|repare|cuisine)",
    r"j ai (?:travaille|etudie|enseigne|repare|fabrique|vendu|conduit|cuisine|pose|petri|dirige|forme)|(?:j|je) (?:\w+ ){1,8}(?:pendant|depuis) \w+ ans",
)

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
    rf"(?<!\bla )(?<!\ble )(?<!\bles )(?:votre|vos|ton|tes) (?!{ANYBODY}\b)(?!{_PRAISE} {ANYBODY}\b)\w{{3,}}",
    rf"{_ASKING_FR}vous (?:y |en |nous )?avez (?:aussi |deja |bien |si bien )?{_DONE_FR}",
    rf"{_ASKING_FR}tu (?:as|a) (?:aussi |deja |bien )?{_DONE_FR}",
    rf"{_ASKING_FR}vous (?:y |en |nous )?etes (?:passee?|venue?|partie?|devenue?|alleé?)",
    rf"{_ASKING_FR}vous (?:y |en |nous )?(?!plait)(?:\w+ )?{_DOES_FR}",
    r"vous ai (?:entendue?s?|ecoutee?|vue?s?|rencontree?)",
    r"parle de vous|donne votre nom|de la part de|conseille de vous (?:ecrire|contacter)",
    rf"{_SENSED} (?:\w+ ){{0,6}}?(?:what|how|that|when|where|why|because|which) you (?!{_ANY_DEED}\b)\w+",
    r"(?:you are|you re|you were|was you|is you) (?:the )?(?:\w+ )?(?:only|first|one (?:that|who)|person (?:that|who))|it (?:was|is) you",
    rf"thank(?:s| you)(?: \w+)? for (?:the|your|that) (?!{ANYBODY}\b)(?!{_PRAISE} {ANYBODY}\b)\w+",
    rf"(?:that|because|and|since|who|said|then|when) you (?:now |also |still |always |even |just )*(?!{_ANY_DEED}\b)\w{{3,}}",
    r"the \w+ (?:\w+ ){0,4}is yours",
    r"(?:nobody|no one|personne) (?:ne |n )?\w+ (?:\w+ ){0,4}(?:like|as|comme) (?:you|vous|toi)",
    r"(?:your|ton|votre) (?:site|website|page|team|company|shop|entreprise|equipe) (?:for|about|that|pour|qui) (?!is|est|me|moi)\w+",
    rf"^(?:(?:hello|hi|hey|dear|good \w+) (?:\w+ ){{1,3}})?you (?:now |also |still )*(?!{_ANY_DEED}\b)\w{{3,}}",
    r"(?:dit|raconte|appris|sais|entendu) (?:\w+ )?que (?:vous (?:etiez|aviez)|tu (?:etais|avais)) (?!disponible|interesse|besoin)\w+",
    r"(?:j etais (?:\w+ ){1,4}quand|le jour ou|le soir ou|la fois ou) (?:vous|tu)",
    r"(?:lu|vu|ecoute|entendu|aime|adore|regarde|admire|apprecie|retenu) (?:comment|pourquoi|quand) (?:vous|tu) (?:l |les |y |en )*(?:avez|as|aviez) \w+",
    r"(?:your name|your address) (?:comes|came|is) from|(?:says|tells|told me|said) (?:that )?you (?!are\b|have\b|work\b|can\b|could\b)\w+",
    r"c est (?:vous|toi) qui|(?:vous etes|tu es|etiez|etais) (?:la|le|les) (?:seule?s?|premiere?s?)",
    rf"{_ASKING_FR}(?:que|qui|ou|et|puis|comme|parce que|dit que|car|quand) vous (?:y |en |nous |l |les |le |la |vous )*(?!{_ANY_DEED_FR}\b)\w+(?:iez|ez)",
    rf"{_ASKING_FR}(?:(?:lu|vu|ecoute|entendu|aime|adore|regarde|suivi|admire|apprecie|remarque|retenu) (?:\w+ ){{0,6}}?)(?:comment|ce que|que|quand|pourquoi|ou) (?:vous|tu) (?!{_ANY_DEED_FR}\b)\w+",
    rf"merci (?:\w+ )?pour (?:l |la |le |les |cette |votre |vos )(?!{ANYBODY}\b)\w{{4,}}",
    rf"vous (?:y |en |nous |l |les |m )*(?:avez|aviez|etes) (?:\w+ )?(?!{_NOT_DEED_FR}\b)\w+(?:e|es|ee|ees|i|ie|is|it|u|us|ue|ert)\b(?<!ete) (?:\w+ ){{3,}}(?:et|mais|sans|alors|qu)",
)

_KIN = (
    r"(?:daughters?|sons?|child|children|kids?|neighbou?rs?|teacher|sister|brother|wife|husband|friend|cousin|classmate|colleague"
    r"|mother|father|aunt|uncle|fille|fils|enfants?|voisine?|professeure?|prof|soeur|frere|femme|mari|amie?|cousine?|collegue|mere|pere"
    r"|tante|oncle|conseillere?|formatrice|formateur)"
)
_TOGETHER_NOT = (
    r"(?:can|could|may|might|shall|came|moved|arrived|left|need|permettons|vous|will|would|should|talk|speak|meet|discuss|have|had|chat|find|do|did|are|set|schedule|arrange"
    r"|ll|d|need|want|pourrions|pouvons|parler|rencontrer|voir|appeler|discuter|fixer|convenir|parlions|voyons|puissions|prendre"
    r"|pourrons|avoir|puissions|rencontrions|donner|permettra\w*|accorder|aider|echanger|entretenir|organiser)"
)
_NOBODY = r"(?:somebody|someone|people|they|everybody|everyone|who|on|he|she|it)"
COMMON = any_of(
    r"(?<!people )(?<!someone )(?<!those )(?<!newcomers )(?<!immigrants )(?<!somebody )like me|(?:she|he) and i|(?:elle|lui|il) et moi|(?<!gens )(?<!personnes )(?<!quelqu un )comme moi|we (?:met|sat|live|studied|belong|grew|went to|know)",
    r"(?:nous|on) (?:habit\w+|nous sommes (?:vus?|rencontres?)|(?:avons|a) (?:etudie|travaille|grandi))",
    r"we both|both of us|we (?:are|were|re) (?:both|almost|nearly|all|equal)|we share|us both|you and i|and i both",
    r"(?:years?|months?|weeks?|days?|ans|mois|semaines?|jours?) (?:after|before|apres|avant) (?:you|vous|toi)",
    r"(?:and|et|but|mais) (?:you|vous|toi) (?:at|au|in|a|from|en|de|du|aussi|also|too)\b|my own (?:street|school|town|city|village|country|language|trade)|ma propre (?:rue|ville|ecole|langue)",
    r"mine (?!(?:to|for|of)\b)\w+|(?:like|as|comme) (?:your|votre|vos|ton|tes) \w+|in common|so do i|so did i|same here|fellow|compatriots?|and mine|(?:from|in) the region of your",
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
    rf"we (?!{_TOGETHER_NOT}\b)\w+|nous (?!nous\b)(?!{_TOGETHER_NOT}\b)\w{{3,}}|our (?!call|talk|meeting|conversation|discussion|chat|time)\w+",
    r"(?:notre|nos) (?!pays|famille|arrivee|vie|domaine|secteur|region|monde|communaute|association|organisme|appel|rencontre|conversation|discussion|echange|entretien|rendez)\w+|colleagues? a little|comme (?:mon|ma|mes|chez|nous)\b",
    r"i too\b|(?:as|like|just as) i (?:did|do|was|am|have)\b|like (?:my|at my|in my)|alike|similar|(?:such|this) (?:a )?change myself|as you (?:did|do|are|were|have)\b",
    r"(?:it is|it s|is) (?:\w+ )?(?:true )?also (?:true )?(?:in|for|with) m[ey]|mine (?:is|was|too|also)|in the middle of (?:such|the same|this)",
    r"(?:i (?!(?:would|will|d|ll|can|could|hope|want|need)\b)|my |me )(?:\w+ ){1,10}(?:also|too)\b(?! (?:speak|have|looking|able|ready|available|interested|attach|enclose|send|want|need|would|like|look|much|many|busy|late|loud|far|long|small|big|hard|shy|old|young|full|expensive|fine|ok|okay|good))",
    rf"my {_KIN} (?:\w+ ){{1,5}}(?:you|your)|(?:ma|mon|mes) {_KIN} (?:\w+ ){{1,4}}(?:vous|votre|ton|ta|toi)\b|your {_KIN}|votre {_KIN}|neighbou?rs?|voisine?s?",
    rf"(?!{_NOBODY}\b)\w+ (?:gave me|sent me|suggested|introduced|recommended you|who (?:\w+ ){{1,3}}(?:with|for|in) you)",
    rf"(?!{_NOBODY}\b)(?!ne |pas )\w+ (?:qui travaille|de ma classe|m a donne|me l a dit|m a envoyee?|m a suggere)|vous presente",
    r"(?:j|je|mon|ma|mes|nous|c) (?!aimerais|voudrais|souhait\w+|joins|(?:me|vous) (?:permets|joins|envoie|demande))(?:\w+ ){1,10}(?:aussi|egalement|pareil\w*)\b(?! (?:vite|tot|longtemps|que|bien que|joindre|joint|besoin))",
    r"(?:(?:faire|fait|presque|est|sommes) pareil\w*|semblables?|meme chose|(?:metiers?|histoires?|chemins?|parcours) (?:proches?|semblables?|qui se ressemblent)|ce chemin|ce changement|se ressemble\w*|collegues)",
    r"moi aussi|moi non plus|(?:suis|ai|fais|viens|etais|avais|en \w+) (?:\w+ ){0,3}(?:aussi|egalement)",
    r"vous (?:venez|etes|avez) aussi|vos parents|compatriote",
    r"(?<!on )m a (?:parle de vous|donne votre nom|conseille de vous|recommande|(?:raconte|dit|appris|explique) que vous)",
)

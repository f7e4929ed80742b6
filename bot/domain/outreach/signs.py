"""Signs in a message, in English and French: what each is known by, in folded words without punctuation.

The two languages are looked for together, because many messages mix them.
"""

import re

from bot.domain.outreach.bonds import any_of

_VAGUE = r"(?:me\b|my\b|you\b|it\b|this\b(?! \w)|that\b(?! \w)|us\b|any\b|opportunit\w+|jobs?\b|possibilit\w+|the opportunit\w+)"
_VAGUE_FR = r"(?:vous\b|toi\b|moi\b|ca\b|cela\b|tout\b|mon\b|ma\b|mes\b|possibilit\w+|opportunit\w+|(?:les|vos|des) (?:possibilit|opportunit|disponibilit)\w+|\d+)"
_TALK = (
    r"(?:learn|hear|know|understand|talk|chat|speak|asks?|questions?|discuss|discussion|curious|conversation|call"
    r"|coffee|explain|tell me|interview|minutes?|min|discover|find out|see|interested|interest|meet|meeting|more|wonder|wondering|advice|tips|show me)"
)
TOPIC = any_of(
    rf"{_TALK} (?:\w+ ){{0,10}}?(?:about|regarding|on|around) (?:your |the |a |an |his )?(?!{_VAGUE})(?!linkedin|phone|\w+day\b|me\b)\w+",
    rf"{_TALK} (?:\w+ ){{0,10}}?(?:how|what|which|why|whether|where) \w+ \w+",
    r"(?:discuss|understand|learn) (?:your|the|how|what)",
    r"(?<!and )(?:how|what|which|why|where) (?:\w+ )?(?:do|does|did|can|could|is|should|would) (?!you do\b|your availab)(?:you|the|a|it|one|we|i|python|there|people|\w+) \w+",
    rf"(?:comprendre|savoir|apprendre|demander|entendre|expliquer|dire|dites|raconter|interroger|questionner|montrer|conseils|curieu\w+|appel|call|chat|entretien|entrevue|rencontre|discussion|minutes?|min|heure|cafe|questions?|plus|parler?|echanger|discuter) (?:\w+ ){{0,10}}?(?:(?:sur|a propos de|au sujet de) (?!{_VAGUE_FR})|(?:comment|pourquoi|de (?:la|votre|ta) facon|quels?|quelles?|lesquels?|laquelle|auquel|ce que|ce qui|en quoi|combien) )\w+",
    rf"(?:parler?|discuter|entretenir) (?:\w+ ){{0,4}}?(?:de|du|des|d) (?!{_VAGUE_FR})(?:l |la |votre |vos |ta |tes |ton )?\w+",
    r"(?:demander|dire|savoir|comprendre|montrer|expliquer|apprendre|raconter|entendre|demande)(?: \w+){0,6}? (?:par quoi|a quoi|lequel|laquelle|lesquels|lesquelles|de quoi|avec quoi|auquel)\b",
    rf"(?:concernant|regarding|au sujet|a propos|(?:subject|topic) of) (?:de |du |des |d )?(?:l |la |le |les |vos |votre |your |the )?(?!{_VAGUE_FR})(?!{_VAGUE})\w+|eclairer sur (?!{_VAGUE_FR})\w+",
    r"explain (?:me |us |to me )?(?:the|a|this) (?!opportunit|possibilit)\w+|qu est ce (?:qui|que?) \w+|qu (?:a|ont|est) \w+ \w+",
    r"(?:savoir|comprendre|demander|montrer) (?:\w+ ){0,3}?(?:ou|qui|lequel|comment|quand) (?:tu|vous|on|je)",
    r"(?:connaitre|comprendre|decouvrir) (?:votre|vos|le|la|l|ton|ta|tes) (?!possibilit|opportunit|disponibilit|expertise)\w+",
)
TOPIC_QUESTION = any_of(
    r"comment (?:l |les |y |en )?\w+ (?:t )?(?:vous|tu|on|le|la|les|se)",
    r"(?:quels?|quelles?|combien|pourquoi|lesquels|lesquelles) (?!sont vos dispo|serait)\w+",
    r"(?<!ce )(?:que|qu) (?!pensez|diriez|est ce que)\w+ (?:vous|tu|la|le|les|on|un|une|l|ils?|elles?|vos|tes) \w+",
    r"(?:faut|suffit) il|\w+ suffit il|que changeriez",
    r"(?:how|what|which|why|where) \w+ \w+ \w+",
    r"(?:do|does|is) (?:i need|python|it enough)",
)
NO_TOPIC = any_of(
    r"how are you|when are you|what time|which day|what day|comment allez|quand (?:etes|es) |how do you do"
)
TAKEN = re.compile(
    r"\b(?:your|his|her|their|this|the|votre|ton|son) (?:\w+ )?(?:talk|interview|talks|discussion|conversation|call"
    r"|causerie|entretien|entrevue)\b"
)
"""A talk that has been: it is not the one that is asked for."""

_NUMBER = (
    r"(?:\d{1,3}|five|ten|fifteen|twenty|twenty five|thirty|forty|forty five|sixty"
    r"|cinq|dix|quinze|vingt|vingt cinq|trente|quarante|quarante cinq)"
)
DURATION = any_of(
    rf"{_NUMBER} ?(?:petites |courtes |short |quick |little )?(?:minutes?|mins?|mn|minuts?|m|hours?|h|hrs?|heures?)(?! (?:ago|away|from|late|walk))",
    r"(?:vingtaine|quinzaine|dizaine|trentaine) de minutes|quarter hour|half (?:an |a )?hour|quarter of an hour|an hour|one hour",
    r"demie? heure|quarts? d heure|une heure|1h|30min|20min|15min",
)

_WORK = r"(?:jobs?|work|position|employment|vacanc(?:y|ies)|internship|placement|role)"
_EMPLOI = r"(?:emplois?|travail|postes?|stage|job|boulot|place)"
_FIRM = r"(?:company|organi[sz]ation|team|firm|office|department|entreprise|societe|equipe|firme|compagnie|organisme)"
JOB = any_of(
    rf"i (?:really |urgently |also |do )?(?:need|want|seek|am looking for|m looking for|am searching(?: for)?) (?!to )(?:an? |any |some )?(?:\w+ )?{_WORK}(?! experience)",
    rf"(?:cherche|recherche|veux|besoin (?:de|d)) (?:une? |du |d |de l )?(?:\w+ )?{_EMPLOI}",
    r"keep me in mind|pensez a moi|pense a moi|(?:give|giving) me (?:a|one) chance(?! to (?:talk|speak|hear|ask|learn|meet))|chance to (?:prove|show)|mes preuves",
    r"(?:there is|is there|there s|there are|hear of|know of) (?:an? |any |some )?(?:\w+ )?(?:openings?|vacanc(?:y|ies)|positions?|jobs?)(?! (?:that|which|where))",
    r"(?:an? |any )?openings? (?:for|at|in)|put me in (?:touch|contact) with (?:your|the) (?:hr|recruiter|hiring|boss|manager)",
    rf"(?:il y a|y a t il|aurait il) (?:une? |des |de la |du )?(?:\w+ )?{_EMPLOI}|solliciter (?:un |une )?{_EMPLOI}|donner une chance",
    r"donnez (?:le|la|mon cv)|en contact avec (?:les|vos|votre) (?:rh|ressources|recruteur|patron)|postuler chez vous",
    r"(?:hire|employ|recruit) me|(?:are|is) (?:you|your \w+|\w+) (?:currently |now |still )?(?:hiring|recruiting)",
    r"(?:any|suitable|vacant|open|available) (?:\w+ )?(?:vacanc(?:y|ies)|positions?|openings?|jobs?|roles?)|vacanc(?:y|ies)",
    r"(?:refer|recommend) me|(?:a )?referral|put in a (?:good )?word|internal reference",
    r"(?:forward|pass|send|share|give|submit|show) (?:\w+ ){0,3}(?:resume|cv|it|profile) (?:\w+ ){0,3}to (?:your|the|hr)",
    rf"help me (?:to )?(?:find|get|obtain|have|with) (?:an? |any |some |my )?(?:\w+ )?{_WORK}",
    rf"(?:give|offer|find|get) me (?:an? |any |some )?(?:\w+ )?{_WORK}|(?:want|need|ask for|asking for) an? {_WORK} (?:in|at|from) your",
    rf"join(?:ing)? your (?:\w+ )?{_FIRM}|(?:apply|application|consider me|candidate) for",
    rf"(?:like|love|want|happy|wish) to work (?:in|for|at|with) your {_FIRM}",
    rf"(?:opportunit(?:y|ies)|{_WORK}|openings?) (?:at|in|with|within|for me (?:at|in)) your",
    r"m embaucher|embauche[zr]|recrute[zr]|(?:votre|ton) \w+ (?:recrute|embauche)|(?:prendre|engager) dans (?:votre|ton)",
    rf"m aider a (?:trouver|obtenir|avoir|decrocher) (?:une? |du |de l |mon )?{_EMPLOI}",
    r"me (?:recommander|referer|prendre|engager)|recommander (?:moi )?(?:pour|aupres)|appuyer ma candidature",
    r"(?:transmettre|transferer|passer|donner|faire suivre|envoyer) (?:\w+ ){0,3}(?:cv|curriculum)(?: vitae)? (?:\w+ ){0,2}a(?:u|ux)? (?:votre|vos|rh)",
    r"(?:donner|transmettre|passer|remettre|montrer|envoyer) a (?:vos|votre) (?:ressources|rh|equipe|patron|chef|direct\w+|responsable|service)|le transmettre a|transmettre a (?:votre|vos) rh|ma candidature",
    rf"travailler (?:dans|pour|avec|chez) (?:votre {_FIRM}|vous)",
    rf"(?:une?|des|de|d) {_EMPLOI} (?:a pourvoir|disponibles?|vacants?|qui corresponde\w*|chez vous|dans votre|pour moi)",
    r"(?:possibilites|opportunites|postes?|emplois?)(?: \w+){0,2} (?:dans|chez|au sein de) (?:votre|vous)",
    rf"(?:avez|auriez) vous (?:une? |du |de )?{_EMPLOI}|(?:donner|trouver|offrir|proposer) (?:moi )?(?:une? |du ){_EMPLOI}",
)
# Sure signs by what is offered or asked, without the word for it.
OFFERS = any_of(
    r"(?:accept|take|engage|employ|try) me (?:in|as|for|on|at|please|too)|(?:acceptez|acceptiez|prenez|preniez|engagez|engagiez|essayez) moi|m (?:acceptez|acceptiez|prenez|preniez|engagez|engagiez)",
    r"(?:ready|available|able|free|want) to (?:start|begin) (?:immediately|now|today|tomorrow|work|right|at once|any|on)|ready to (?:start|work)|can (?:start|begin) (?:immediately|now|today|tomorrow|right|at once|any|on|next|this)",
    r"disponible (?:immediatement|tout de suite|des (?:maintenant|demain|lundi)|a temps)|(?:peux|pret|prete|pourrais) (?:a )?(?:commencer|travailler)(?: (?:des|tout|maintenant|demain|lundi|immediatement|a|pour|dans|chez))",
    r"(?:can work|available|any job|ready) (?:\w+ ){0,2}(?:full|part) time|(?:peux travailler|disponible|poste|emploi) (?:\w+ ){0,2}a temps (?:plein|partiel)",
    r"(?:rejoindre|integrer|faire partie de) (?:votre|vos|l) ?(?:\w+ )?(?:equipe|entreprise|societe|organisme|compagnie|rang|etablissement|cuisine|garderie|clinique|atelier)",
    r"(?:be|become) (?:a )?part of your (?:team|company|staff|crew)|(?:to|will|could) work (?:for|under) you\b|travailler pour vous|(?:if|si) (?:you|vous) (?:need|avez besoin d) ?(?:an?|une?|somebody|someone|quelqu un|de) ",
    r"(?:garder|gardez|conserver|keep|save|hold) (?:\w+ ){0,3}(?:for|pour) (?:the |a |any |your |le |la |un |une |vos |votre )?(?:next |prochaine? |future?s? )?(?:openings?|positions?|vacanc\w+|jobs?|postes?|emplois?|embauche)",
    r"(?:i|me|to) (?:apply|applying) for (?:the|this|your|any)|(?:i m|am) applying|je postule|souhaite postuler|pour le poste d|(?:the|le) (?:position|poste) of|(?:new|next|any) (?:openings?|hires?)",
    r"(?:a la|en) recherche (?:active |d |de |d un |d une )*(?:emploi|travail|stage|poste|boulot)|(?:seeking|searching|hunting|looking) (?:\w+ )?for (?:an? |any |my first |new |some )?(?:\w+ )?(?:jobs?|work|employment|internship|placement|position|vacancy)(?! that)|recherche (?:\w+ )?(?:une? |du )(?:emploi|stage|poste|travail)",
    r"(?:talk|speak|say) (?:\w+ ){0,3}(?:to|with) your (?:boss|hr|manager|director|recruiter)|(?:parler|parlez|dire|glisser) (?:\w+ ){0,3}(?:de moi|mot) (?:\w+ )?(?:a|aupres|pour)",
    r"(?:know|knows|connaissez|connais) (?:of )?(?:any|a|an|some|une?|des) (?:\w+ )?(?:company|companies|place|firm|shop|employer|boss|compagnies?|entreprises?|endroit|patron|employeur) (?:that|who|which|qui|looking|needing)|(?:give|donnez|donne) (?:them|him|her|leur|lui) (?:my|mon|ma|mes)",
    r"(?:reference|recommendation) letter|letter of (?:reference|recommendation)|lettre de (?:recommandation|reference)|vouch for me|me (?:parrainer|coopter|pistonner)",
    r"(?:offer|give|find|propose) me (?:something|anything)|(?:any|some) (?:work|job|shifts?) (?:for me|you have|that you)|(?:quelque chose|une place|du boulot|des heures) pour moi|(?:avez|auriez) vous (?:une place|besoin)",
)
NO_JOB = any_of(
    r"(?:don t|do not|not|never) (?:ask|want|look|need|asking|looking|come|write)(?:ing)? (?:\w+ )?(?:for )?(?:an? |any )?(?:job|work|position|placement)",
    r"(?:sans|pas) (?:\w+ )?(?:demander|chercher|pour|attendre) (?:\w+ )?(?:une? |d |de |du )?(?:emploi|travail|poste|stage|faveur)|it is not (?:about|for) (?:a )?(?:job|work)",
    rf"not (?:asking|looking|writing|here|searching)(?: to you| you)? for (?:an? |any )?{_WORK}|not (?:about|for) a {_WORK}",
    rf"ne (?:cherche|demande|veux|sollicite) pas (?:une? |d |de |du )?{_EMPLOI}",
)

ATTACHED = any_of(
    r"attach(?:ed|ment|ments|ing)?(?! to)|enclos(?:ed|ing)|(?:here is|see|find|open) my (?:cv|resume|portfolio)",
    r"(?:send|sending|sent) you my (?:cv|resume)|my (?:cv|resume|portfolio) is (?:here|below|attached)",
    r"here (?:s|are) my (?:cv|resume|portfolio|photos|files?)|(?:est|sont|ai) joint(?:e|s|es)?|cv joint|(?:voici|voila) (?:mon|ma|mes) (?:cv|curriculum|portfolio|photos|dossier|lettre)",
    r"ci joint(?:e|s|es)?|pieces? jointes?|en pj|pj|je joins (?:mon|ma|mes|une?|le)|joins a (?:ce|la|cette)",
    r"(?:cv|resume|curriculum|lettre|letter|portfolio|dossier) (?:\w+ ){0,3}(?:in|en|below|here|ci|dans|sur) (?:the |this |ce |cette |my |mon )?(?:mail|email|message|attache|annexe|dessous|link|lien|fichier|file|piece)",
    r"(?:vous trouverez|veuillez trouver|trouvez|please see|please find|kindly find|have a look at|look at|regardez|jetez un oeil a) (?:\w+ ){0,2}(?:mon|ma|mes|my) (?:cv|curriculum|resume|lettre|letter|portfolio|dossier|papers|diplom\w+)",
    r"(?:send|sending|sent|envoie|transmets|remets|mets|fais parvenir) (?:you |vous )?(?:\w+ )?(?:my|mon|ma|mes) (?:cv|resume|curriculum|lettre|letter|portfolio|dossier|diplom\w+|papers)",
    r"voici mon (?:cv|portfolio)|(?:envoie|envoye) mon (?:cv|curriculum)|https? \w+",
)
NO_ATTACHED = any_of(r"(?:no|not|nothing) (?:\w+ )?attach\w*", r"(?:sans|aucune) piece jointe")

_WISH = (
    r"(?:like|love|want|wanted|hope|wish|wished|glad|happy|thankful|grateful|pleased|honou?red|delighted|dream|hoping)"
)
_HEAR = r"(?:ask|hear|invite|call|talk|speak|meet|visit|listen|offer you|have (?:a|\w+) (?:\w+ )?(?:call|coffee|tea|chat|conversation|talk|minutes)|\w+ \d+ minutes)"
_WISH_FR = r"(?:heureu\w+|ravie?s?|content\w*|reconnaissante?|honoree?|enchantee?|plaisir)"
_HEAR_FR = r"(?:demander|poser|inviter|entendre|parler|rencontrer|appeler|ecouter|echanger|discuter|offrir|apprendre|savoir|interroger|prendre (?:un|une))"
ASKS = any_of(
    r"(?:can|could|would|may|might|will|are|do|have|shall) (?:i|you|we)(?! (?:both|all|are|have)\b)",
    r"(?:is|would) (?:it|there|a \w+) (?:be )?possible|would an? \w+ (?:\w+ ){0,3}be",
    rf"i (?:would |d |will |really |only |just |was |am |m |had )*(?:be )?(?:\w+ )?{_WISH} (?:very much |a lot |only |just |so much )*(?:for |if |about |you |that you |to {_HEAR})",
    rf"(?:maybe|perhaps) (?:i|we|you) \w+|it (?:would|will) \w+ (?:\w+ ){{0,3}}to {_HEAR}|\w+ minutes (?:\w+ ){{0,5}}(?:would|will) (?:be|help|make)",
    rf"(?:aimerais|voudrais|voulais|souhaite\w*|espere|desire\w*|permets de|permettre de|propose de|{_WISH_FR})(?: \w+){{0,3}} {_HEAR_FR}",
    r"esperais que (?:vous|tu)|espere que (?:vous|tu) (?:pourr\w+|accept\w+|me|m|aur\w+)|(?:peut etre|s il vous serait possible)(?: \w+){0,2} (?:vous|tu)|il (?:me )?serait (?:\w+ ){1,2}de|je me demande|me (?:rendr|suffir|fer|aider|plair|ravir)\w*ai\w*",
    r"i (?:was|am|m) wondering|i wonder|i ask myself if|let me know (?:if|when|whether)|tell me (?:if|when|whether)",
    r"(?:pourriez|pouvez|auriez|seriez|accepteriez|voudriez|aimeriez) vous|(?:pourrions|pouvons) nous",
    r"(?:peux|pourrais|aurais|serais|veux) tu|tu (?:aurais|pourrais|serais)|puis je|pourrais je|je pourrais",
    r"(?:peut|pourrait) on|on peux?t?(?! (?:le|la|les|dire)\b)|est ce que|je me demandais|dites moi (?:si|quand)",
)
NOT_ASKS = any_of(r"if you (?:can|could|would|may)", r"as you (?:can|may)", r"how do i")

LINK = re.compile(r"https?://|www\.|drive\.google|dropbox", re.IGNORECASE)
UNFILLED = re.compile(r"\[[^\]\n]{2,120}\]|<(?:name|nom|company|entreprise)>", re.IGNORECASE)

# The commonest small words; a message in English or French has many of them.
SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "i",
        "you",
        "we",
        "he",
        "she",
        "it",
        "my",
        "your",
        "our",
        "is",
        "are",
        "was",
        "be",
        "have",
        "has",
        "had",
        "do",
        "did",
        "can",
        "could",
        "would",
        "will",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "about",
        "how",
        "what",
        "when",
        "who",
        "which",
        "that",
        "this",
        "not",
        "no",
        "so",
        "if",
        "me",
        "up",
        "by",
        "as",
        "please",
        "thank",
        "thanks",
        "am",
        "been",
        "like",
        "want",
        "need",
        "know",
        "work",
        "job",
        "time",
        "more",
        "very",
        "good",
        "new",
        "your",
        "hello",
        "hi",
        "see",
        "find",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "l",
        "et",
        "ou",
        "mais",
        "je",
        "j",
        "tu",
        "vous",
        "nous",
        "il",
        "elle",
        "on",
        "mon",
        "ma",
        "mes",
        "votre",
        "vos",
        "notre",
        "est",
        "sont",
        "suis",
        "ai",
        "avez",
        "etes",
        "a",
        "au",
        "aux",
        "en",
        "dans",
        "sur",
        "pour",
        "par",
        "avec",
        "sans",
        "que",
        "qui",
        "quoi",
        "comment",
        "quand",
        "si",
        "ne",
        "pas",
        "plus",
        "tres",
        "bien",
        "merci",
        "bonjour",
        "ce",
        "cette",
        "c",
        "n",
        "s",
        "m",
        "t",
        "y",
        "me",
        "te",
        "se",
        "puis",
        "peut",
    ]
)

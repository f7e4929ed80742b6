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
    r"(?:savoir|comprendre|demander|montrer) (?:\w+ ){0,3}?(?:ou|qui|lequel|comment|quand) (?:tu|vous|on|je)",
    r"(?:connaitre|comprendre|decouvrir) (?:votre|vos|le|la|l|ton|ta|tes) (?!possibilit|opportunit|disponibilit|expertise)\w+",
)
TOPIC_QUESTION = any_of(
    r"comment \w+ (?:vous|tu|on|le|la|les|se)",
    r"(?:quels?|quelles?|combien|pourquoi|lesquels|lesquelles) (?!sont vos dispo|serait)\w+",
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
    r"demi heure|quart d heure|une heure|1h|30min|20min|15min",
)

_EASY = r"(?:completely |totally |perfectly |quite |also |absolutely |really |very |tout a fait )?"
EASY_NO = any_of(
    r"(?:by )?a no|d un non|if no|either way|up to you|whatever you (?:answer|decide|say|choose)|any answer (?:is|will)|sorry no",
    r"(?:not|won t) be (?:offended|upset|hurt|disappointed|sad)|(?:don t|do not) have to (?:answer|reply|say yes)|no need to",
    r"(?:say|tell me) so|turn me down|forget (?:this|my)|you are free to|free to (?:say|refuse)|hesitate to (?:decline|say no)",
    r"toute reponse (?:me|est|sera)|quelle que soit|a vous de (?:voir|decider)|libre a vous|pas obligee?s?|rien ne vous oblige|desole non",
    r"(?:fache|vexe|offense|decu)\w*|en voudrai|ca ne fait rien|tant pis|oublie[zr]? (?:ce|mon)|dites le|dis le|laissez tomber",
    r"ne vous en faites pas|t en fais pas|rien ne presse",
    r"no (?:problem|worries|worry|pressure|rush|obligation|hard feelings|offen[cs]e|big deal|stress)",
    rf"(?:a )?no is {_EASY}(?:also )?(?:a |fine|good|ok|okay|all right)|say(?:ing)? no|tell me no|answer no",
    rf"(?:that|it|this|which) (?:is|s|would be|will be) {_EASY}(?:fine|ok|okay|all right|alright)(?! to (?:talk|call|meet))",
    r"(?:totally|completely|perfectly|absolutely) (?:fine|ok|okay)|fine if not|ok if not|okay if not",
    r"feel free (?:not )?to (?:say no|refuse|decline|ignore|skip)|feel (?:obliged|obligated|pressured)",
    r"(?:don t|do not|please don t) worry|(?:just |simply |can |please )?ignore (?:my|this)|if not\b|decline",
    r"(?:will|would|won t|do|don t) (?:not )?mind if|not to answer|if you (?:would |d )?rather not|prefer not",
    r"if you (?:cannot|can t|can not) (?:i thank|it|that|no|please|just)|of course you can (?:say|refuse)",
    r"(?:pas|aucune?|sans|nul|zero) (?:de |d |un |du tout )?(?:soucis?|problemes?|pression|obligation|grave|stress)",
    r"dire (?:simplement )?non|dites (?:moi )?(?:simplement )?non|dis (?:moi )?non|un non|un refus|refuser|decliner",
    r"ne pas (?:me )?repondre|ignore[zr]|(?:ne )?vous (?:sentez pas|inquietez pas)|(?:ne )?t inquiete|tkt",
    r"sens toi libre|sentez vous libre|sinon|si vous preferez (?:que non|ne pas)|merci quand meme",
)
UNDERSTANDS = any_of(
    r"(?:i|i ll|will|would|can|fully|completely|totally) (?:fully |completely |very well )?understand(?! (?:how|what|why|your|the|which|where|better))",
    r"(?:comprend|comprends|comprendrai|comprendrais)(?! (?:mieux|comment|pourquoi|que|le|la|les))",
)
CONDITION = any_of(r"if", r"si", r"s il", r"sinon", r"even", r"meme")

_WORK = r"(?:jobs?|work|position|employment|vacanc(?:y|ies)|internship|placement|role)"
_EMPLOI = r"(?:emplois?|travail|postes?|stage|job|boulot|place)"
_FIRM = r"(?:company|organi[sz]ation|team|firm|office|department|entreprise|societe|equipe|firme|compagnie|organisme)"
JOB = any_of(
    rf"i (?:really |urgently |also |do )?(?:need|want|seek|am looking for|m looking for|am searching(?: for)?) (?!to )(?:an? |any |some )?(?:\w+ )?{_WORK}(?! experience)",
    rf"(?:cherche|recherche|veux|besoin (?:de|d)) (?:une? |du |d |de l )?(?:\w+ )?{_EMPLOI}",
    r"keep me in mind|pensez a moi|pense a moi|(?:give|giving) me (?:a|one) chance(?! to (?:talk|speak|hear|ask|learn|meet))|chance to (?:prove|show)|mes preuves",
    r"(?:there is|is there|there s|there are|hear of|know of) (?:an? |any |some )?(?:\w+ )?(?:openings?|vacanc(?:y|ies)|positions?|jobs?)",
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
    r"le transmettre a|transmettre a (?:votre|vos) rh|ma candidature",
    rf"travailler (?:dans|pour|avec|chez) (?:votre {_FIRM}|vous)",
    rf"(?:une?|des|de|d) {_EMPLOI} (?:a pourvoir|disponibles?|vacants?|qui corresponde\w*|chez vous|dans votre|pour moi)",
    r"(?:possibilites|opportunites|postes?|emplois?)(?: \w+){0,2} (?:dans|chez|au sein de) (?:votre|vous)",
    rf"(?:avez|auriez) vous (?:une? |du |de )?{_EMPLOI}|(?:donner|trouver|offrir|proposer) (?:moi )?(?:une? |du ){_EMPLOI}",
)
NO_JOB = any_of(
    rf"not (?:asking|looking|writing|here|searching)(?: to you| you)? for (?:an? |any )?{_WORK}|not (?:about|for) a {_WORK}",
    rf"ne (?:cherche|demande|veux|sollicite) pas (?:une? |d |de |du )?{_EMPLOI}",
)

ATTACHED = any_of(
    r"attach(?:ed|ment|ments|ing)?(?! to)|enclos(?:ed|ing)|(?:here is|see|find|open) my (?:cv|resume|portfolio)",
    r"(?:send|sending|sent) you my (?:cv|resume)|my (?:cv|resume|portfolio) is (?:here|below|attached)",
    r"here (?:s|are) my (?:cv|resume|portfolio|photos|files?)|(?:est|sont|ai) joint(?:e|s|es)?|cv joint|(?:voici|voila) (?:mon|ma|mes) (?:cv|curriculum|portfolio|photos|dossier|lettre)",
    r"ci joint(?:e|s|es)?|pieces? jointes?|en pj|pj|je joins (?:mon|ma|mes|une?|le)|joins a (?:ce|la|cette)",
    r"voici mon (?:cv|portfolio)|(?:envoie|envoye) mon (?:cv|curriculum)|https? \w+",
)
NO_ATTACHED = any_of(r"(?:no|not|nothing) (?:\w+ )?attach\w*", r"(?:sans|aucune) piece jointe")

ASKS = any_of(
    r"(?:can|could|would|may|might|will|are|do|have|shall) (?:i|you|we)(?! (?:both|all|are|have)\b)",
    r"(?:is|would) (?:it|there|a \w+) (?:be )?possible|would an? \w+ (?:\w+ ){0,3}be",
    r"i (?:was|am|m) wondering|i wonder|let me know (?:if|when|whether)|tell me (?:if|when|whether)",
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

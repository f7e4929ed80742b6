"""Signs that a message lets its reader say no, in English and French.

Three ways are told apart: a no is named as an answer; the reader is told to be free; or a condition such as "if you
have no time" is followed by a word such as "fine", or by anything that asks for nothing more.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.outreach.bonds import any_of
from bot.domain.outreach.sentences import Sentence

_SHORT_REPLY = 7
"""So many words may finish what the sentence before began: "Too busy? Then leave it."""

_NO_EN = r"(?:say(?:ing)? no|tell me no|refuse|ignore|decline|reject|disappoint)"
_NO_FR = r"(?:refuse[zr]?|ignore[zr]?|decevez|dites)"
# "Please do not say no" is the opposite.
_INSISTS = any_of(
    rf"(?:don t|do not|never|please not) (?:please )?{_NO_EN}",
    r"(?:can t|cannot|can not|not|won t) (?:take|accept|hear|like) (?:a )?no",
    rf"ne (?:me |le )?{_NO_FR} (?:surtout )?pas(?: non)?|pas (?:me )?dire non",
)

_HARM_EN = (
    r"(?:sad|angry|upset|offended|hurt|disappointed|mad|insulted|insist|ask (?:you )?(?:again|more)|write (?:you )?again"
    r"|badly|personally|against you)"
)
_HARM_FR = r"(?:vex\w+|fach\w+|decue?s?|triste|blesse\w*|insist\w+|en voudr\w+|derangerai|relancerai|offens\w+)"
_FREE = any_of(
    # A no is named.
    r"(?:a|your|short|simple|kind|honest|quick|with|if|as|or) no(?! (?:one|time|answer|idea|body|matter|experience)\b)",
    r"(?:a|your|the|even) (?:\w+ )?refusal|silence is|not \w+ing is|(?:a|your) not now|answer no|no answer is|answer (?:is|would be) no|sorry no",
    r"(?:un|d un|votre|ton|le)(?: \w+)? (?:non|refus|silence)|reponse (?:(?:est|soit|serait) )?(?:non\b|negative)",
    r"(?:dites|dis|dire|repondez|repondre|repond)(?: (?:moi|me|simplement|juste|tout|en))* non|desolee? non|pas maintenant (?:me|est|convient|va)",
    r"(?:absence de|sans) reponse (?!rapide)(?:de|je|ira|me)|si (?:c est|vous dites|tu dis) non|refuser|decliner",
    # They are free.
    r"(?:will|would|ll|d) (?:\w+ ){0,2}understand(?! (?:\w+ )?(?:better|more|how|what|why|your|the|which|where))",
    r"comprendrais?(?! (?:\w+ )?(?:mieux|plus|comment|pourquoi|que|ce|le|la|les|votre|vos))",
    r"(?:feel|no|without|any) (?:duty|guilt|guilty|bad conscience|expectations?|obligations?)|expect nothing|(?:don t|not) feel (?:bad|forced)",
    r"no (?:answer|reply) (?:is )?(?:needed|necessary|required|means)|not (?:mandatory|required|an obligation)|yes or no|oui ou non",
    r"(?:only|just) (?:\w+ )?if (?:you|it|this) (?!can\b|(?:have|find) (?:the |some |a )?(?:time|moment)|are free)|(?:seulement|que|uniquement) si (?:vous|tu|cela|ca|c) (?!pouvez|peux|avez (?:le |du )?temps|as (?:le |du )?temps|etes libre)",
    r"(?:aucune|sans|n ai pas d|pas d) (?:attentes?|obligation)|n attends rien|pas (?:du tout )?obligatoire|le droit de (?:dire|refuser|ne pas)|a l aise de",
    r"(?:allowed|right) to (?:say no|refuse|decline|not)|throw (?:this|it|my) |(?:ne )?rien repondre|poubelle|sans (?:hesiter|gene|explication)",
    r"(?:no|zero|without(?: any)?|never any) (?:pressure|obligation|rush|hurry|must|need to|stress|big deal|hard feelings|bad feelings|offen[cs]e|drama|shame|debt)",
    r"no (?:problem|problems|worries|worry|trouble|harm|bother)|not a (?:big )?(?:problem|drama|worry)|no (?:no |hurry and no )must",
    r"(?:you are|you re|feel|be|are) (?:completely |totally |always |perfectly )?free (?:to|not|and)|free to (?:say|refuse|not)",
    r"feel (?:that |like )?(?:you (?:must|have to|need to|should)|obliged|obligated|pressured|forced)|have to say yes",
    r"(?:don t|do not) (?:have|need) to (?:answer|reply|say|accept|do|explain|feel)|not to answer|nothing (?:obliges|forces|bad)",
    r"owe me (?:nothing|no|an)|(?:not|t) owe|nothing (?:is )?lost|unanswered|(?:no|without) (?:an )?(?:answer|news|reply) (?:\w+ ){0,4}(?:as|for|means?|is) a|without (?:an )?answer|rest in peace|hesitate to (?:decline|say no|refuse)|turn me down|either way|up to you|your choice",
    r"whatever (?:you|your|the answer)|any answer (?:is|will)|no need to|(?:don t|do not|please don t) worry|never mind",
    r"(?:just|simply|can|please|may|then|also|free to) (?:\w+ )?(?:ignore|skip|delete|forget|leave|disregard) (?:my|this|it|the)|forget (?:this|my|it)",
    r"say(?:ing)? no|tell me no|refuse|decline|if not\b|accept (?:any|every|each) answer|(?:may|can) (?:also )?not (?:answer|reply)|not obliged|no is (?:also )?(?:fine|good|ok|okay|welcome|enough)",
    rf"(?:not|won t|never|nothing|nobody|no one) (?:\w+ ){{0,3}}?{_HARM_EN}|not (?:now|today|this \w+) is",
    r"(?:nothing|not) (?:will |would |does )?(?:changes? (?:anything|nothing|between|for)|matter)|will (?:not )?mind if|won t mind|don t mind if",
    r"libres? (?:de|a|d)\b|sens toi libre|sentez vous libre|rien ne (?:vous|t) (?:y )?(?:oblige|force|presse)|pas obligee?s?",
    r"ne (?:me |vous |nous )?(?:devez|dois) (?:rien|pas)|toute liberte|pour un (?:\w+ )?non|(?:laiss\w+|rester?) (?:\w+ ){0,3}sans reponse|prendrai pas mal|rien ne presse|a vous de (?:voir|decider)|comme (?:vous|tu) (?:voulez|veux|preferez)",
    r"(?:pas|aucune?|sans|nul|zero|n aucun) (?:de |d |un |du tout |si |bien )?(?:soucis?|problemes?|pression|obligation|grave|stress|drame|gene|malaise|inquietude)",
    r"toute reponse (?:me|est|sera)|quelle que soit (?:votre|ta|la)|ignore[zr]|oublie[zr]?(?! (?:pas|jamais))|laisse[zr]? tomber",
    r"(?:c|ce|ca) (?:n est|est|ne sera|ne fait|n a|ne change) (?:vraiment |absolument )?(?:rien|aucune importance)|ne changer\w+ rien|tant pis",
    rf"(?:ne|n|pas|sans|jamais|nullement) (?:\w+ ){{0,3}}?{_HARM_FR}|ne vous en faites pas|t en fais pas",
    r"(?:ne )?vous (?:sentez pas|inquietez pas)|(?:ne )?t inquiete|tkt|ne pas (?:me |m y )?(?:repondre|donner suite)|merci quand meme",
    r"(?:dites|dis) le(?: moi)?\b|hesitez pas a (?:dire|refuser|me dire non)",
)

_WHEN = any_of(
    r"if|when|whenever|in (?:that )?case|dans ce cas|should|even|unless|otherwise|si|s il|s ils|sinon|quand|lorsque|meme|au cas ou",
)
# "If you are not too busy" asks for a yes.
_ABLE = any_of(
    r"(?:not|t|n (?:etes|es|est) pas|pas) (?:too |so |very |trop |tres |si )?(?:busy|much trouble|difficult|occupee?|prise?|debordee?)",
    r"not too (?:much|many|late)|pas trop (?:demander|tard|vous)",
)
_NOT_EN = r"no|not|cannot|t|never|nothing|without|busy|tired|full|swamped|impossible|rather|prefer|refuse|wrong|difficult|hard|bad|heavy|out of|saving|too \w+"
_NOT_FR = r"ne|n|pas|non|trop|sans|occupee?|fatiguee?|debordee?|prise?|pleine?|mieux|plutot|preferez|preferes|gardez|impossible|mal|difficile|lourde?|chargee?|deplacee?|refus\w*"
_CANNOT = any_of(_NOT_EN, _NOT_FR)
_THEY_CANNOT = any_of(
    rf"(?:if|when|whenever|should|in case) (?:you|it|this|that|they|now|there|the|your|my \w+|so|not)(?: \w+){{0,5}}? (?:{_NOT_EN})",
    rf"(?:si|s|quand|lorsque|au cas ou) (?:vous|tu|t|il|ils|elle|ce|c|cela|ca|le|la|votre|mon|ma|jamais)(?: \w+){{0,5}}? (?:{_NOT_FR})",
)
_WANTS = any_of(
    r"please (?!(?:just |simply |do |don t |let |leave |skip|ignore|forget|feel|say|tell me (?:so|no)))|send|give me|tell me|show me|recommend|refer|pass (?:me|my|on)|forward|help|call me"
    r"|write me|hope|need|can you|could you|would you|will you|do you|sad\b(?<!not sad)|lose",
    r"envoyez|donnez|dites moi|montrez|recommand\w+|transmet\w+|aide\w*|appelez|ecrivez|espere|besoin|pouvez vous|pourriez vous|(?:pourrions|pouvons) nous|auriez vous|avez vous|perd\w*",
)
_FINE = any_of(
    r"fine|ok|okay|good (?:also|too|as well)|all good|all right|alright|understand|understandable|respect|accept it|no (?:problem|bad)",
    r"thank(?:s)?(?: you)?(?! (?:you )?(?:in advance|for your (?:time|help)))|still|anyway|all the same|just the same|leave it|leave this|let it",
    r"of course|wish you|don t (?:answer|reply)|tell me (?:so|no)|say (?:so|no|it)|it s nothing|is nothing|not sad|perfect|easy|another \w+|disregard|in that case|simply|keep"
    r"|(?:it is|it s|that is) (?:\w+ )?(?:right|good)",
    r"ce n est rien|pas grave|comprend\w*|compris|correct|parfait|ca va|va tres bien|respecte\w*|accepte (?!ez)|aucun|merci|tout de meme|quand meme",
    r"bien sur|bonne (?:saison|journee|semaine|continuation|suite)|laisse[zr]?|oublie[zr]?|tant pis|rien de (?:mal|grave)|dites|normal|souhaite|dans ce cas|simplement",
)
_GRASP = any_of(
    r"understand (?:how|what|why|your|the|which|where|better)|comprend\w* (?:mieux|comment|pourquoi|que|le|la|les|ce)",
    r"thank you (?:very much )?(?:in advance|for your (?:time|help))|merci (?:beaucoup )?d avance",
)
_BARE = any_of(
    r"(?:totally|completely|perfectly|absolutely) (?:fine|ok|okay)|(?:fine|ok|okay) (?:if (?:not|you (?:can|don|do|are))|to (?:say|not|skip)|not to)",
    r"(?:that|it|this|which) (?:is|s|would be|will be) (?:\w+ )?(?:fine|ok|okay|all right|alright) (?:too|also|if|when|for me (?:too|if))",
    r"(?:if|when) (?:\w+ ){1,12}(?:that|it|this) (?:is|s) (?:\w+ )?(?:fine|ok|okay|all right|alright|good)",
    r"(?:si|quand) (?:\w+ ){1,12}c est (?:\w+ )?(?:correct|parfait|bien|bon|ok|normal)",
    r"reponse (?:\w+ ){0,4}pas (?:\w+ )?(?:necessaire|obligatoire|attendue|requise)",
    r"si vous preferez (?:que non|ne pas)|sinon|prefer not|rather not",
)


def grants_no(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a message says that a no, or no answer, is fine."""
    plain = [_INSISTS.sub(" x ", sentence.plain) for sentence in sentences]
    return any(_FREE.search(each) or _BARE.search(each) or _accepts(each) for each in [*plain, *_pairs(plain)])


def _pairs(plain: Sequence[str]) -> list[str]:
    """Put a short sentence to the one before it."""
    return [f"{one} {two}" for one, two in pairwise(plain) if len(two.split()) <= _SHORT_REPLY]


def _accepts(plain: str) -> bool:
    """Tell whether a condition under which they cannot meets a word that this is fine, or at least no new wish."""
    said = _GRASP.sub(" x ", _ABLE.sub(" x ", plain))
    granted = all(sign.search(said) for sign in (_WHEN, _CANNOT, _FINE))
    return granted or (_THEY_CANNOT.search(said) is not None and _WANTS.search(said) is None)

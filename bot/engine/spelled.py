"""Tells an e-mail address that is spelled out, such as "dana at nordik dot ca", from words that only look like one."""

import re
from functools import cache

from bot.letters import folded
from bot.ui.languages import SOURCE, locale

_SPELLED = re.compile(
    r"(?P<mailbox>\S+)\s(?:at|chez)\s(?P<host>[\w-]+)\s(?P<dot>dot|point)\s(?:\S+\s)*?(?P<ending>\w+)", re.IGNORECASE
)
"""An address with no sign in it; "arobase" says nothing else."""
_HOURS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve noon midnight "  # noqa: SIM905
    "deux trois quatre cinq sept huit neuf dix onze douze midi minuit heure heures h am pm".split()
)
_SMALL = frozenset(
    "the a an this that one some any which what every each no my our your his her their its there here home "  # noqa: SIM905
    "le la les un une ce cet cette ces quel quelle mon ma mes ton ta tes son sa ses notre votre leur leurs".split()
)
"""Words before "dot" or "point" that are no place where mail arrives: "at this point in"."""
_DOING = frozenset(
    "i me you he she we they it us am is are was were be been met meet meets work works worked working start starts "  # noqa: SIM905
    "started begin began arrive arrived come came go went sit sat stay stayed wait waited talk talked spoke speak call "
    "called look looked looking see saw seen stare stop stopped end ended good great not but and or then point "
    "je tu il elle on nous vous ils elles suis est sommes sont etais etait etaient travaille travaillait travailler "
    "rencontre rencontree rencontres vu vue vus passe passee reste restee".split()
)
"""Words before "at" that are nobody's mailbox; in folded letters."""
_WORDS = frozenset("is it in so no to at be my do am us as me de la et es ne se si il au sa ma".split())  # noqa: SIM905
"""Words of a sentence that are codes of countries too."""
_ON = re.compile(r"\s+\w")


@cache
def _countries() -> frozenset[str]:
    codes = map(str, locale(SOURCE).territories)
    return frozenset({*(code.lower() for code in codes if len(code) == 2 and code.isalpha()), "uk", "eu"})


def may_be_address(shaped: str, behind: str) -> bool:
    """Tell whether words that have the shape of an address may be one; `behind` is what stands behind them."""
    spelled = _SPELLED.fullmatch(shaped)
    if spelled is None:
        return True
    host, ending = folded(spelled["host"]), spelled["ending"].lower()
    if folded(spelled["mailbox"]) in _DOING or host in _SMALL or (len(ending) == 2 and ending not in _countries()):
        return False
    goes_on = _ON.match(behind) is not None
    if host.isdigit() or host in _HOURS:
        return ending not in _WORDS
    return not (goes_on and spelled["dot"].lower() == "point" and ending in _WORDS)

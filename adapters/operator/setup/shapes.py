"""Knows by its shape what somebody pasted, and takes off what came along with it by mistake."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.ui.text import Text, t


class PastedKind(Enum):
    """What somebody pasted; the value says what it is."""

    DISCORD_BOT = t("a bot token of Discord")
    DISCORD_ID = t("an id of Discord, which is a number")
    DISCORD_PUBLIC_KEY = t("a public key of Discord")
    DISCORD_SECRET = t("a client secret of Discord")
    DISCORD_PERSON = t("a person's own token of Discord")
    DISCORD_WEBHOOK = t("a webhook address of Discord")
    DISCORD_LINK = t("a link to Discord")
    SLACK_BOT = t("a bot token of Slack")
    SLACK_APP = t("an app-level token of Slack")
    SLACK_PERSON = t("a user token of Slack")
    SLACK_BROWSER = t("a token of Slack in a browser")
    SLACK_RENEWED = t("a token of Slack that is renewed every few hours")
    SLACK_OLD = t("an old workspace token of Slack")
    SLACK_SECRET = t("a signing secret or client secret of Slack")
    SLACK_CLIENT = t("a client id of Slack")
    SLACK_ID = t("an id of a Slack app")
    SLACK_WEBHOOK = t("a webhook address of Slack")
    SLACK_LINK = t("a link to Slack")
    KEY = t("a key of Hello Circle")
    LINK = t("a link")
    ADDRESS = t("an e-mail address")
    NOTHING = t("nothing")
    UNKNOWN = t("something that I do not know")


def _number_first(token: str) -> bool:
    """Tell whether the first part of a token is a number in base64, as every token of Discord begins."""
    first = token.partition(".")[0]
    try:
        return base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).isdigit()
    except ValueError:
        return False


def _always(_: str) -> bool:
    return True


Rule = tuple[PastedKind, re.Pattern[str], Callable[[str], bool]]


def _rule(shape: PastedKind, pattern: str, also: Callable[[str], bool] = _always) -> Rule:
    return shape, re.compile(pattern, re.ASCII), also


RULES: tuple[Rule, ...] = (
    _rule(PastedKind.NOTHING, r""),
    _rule(PastedKind.SLACK_BOT, r"xoxb-[\w-]+"),
    _rule(PastedKind.SLACK_APP, r"xapp-[\w-]+"),
    _rule(PastedKind.SLACK_PERSON, r"xoxp-[\w-]+"),
    _rule(PastedKind.SLACK_BROWSER, r"xox[cd]-.+"),
    _rule(PastedKind.SLACK_RENEWED, r"xoxe[.-].+"),
    _rule(PastedKind.SLACK_OLD, r"xox[aors]-.+"),
    _rule(PastedKind.SLACK_WEBHOOK, r"(?i)https?://hooks\.slack\.com/.*"),
    _rule(PastedKind.DISCORD_WEBHOOK, r"(?i)https?://([\w-]+\.)?discord(app)?\.com/api/(v\d+/)?webhooks/.*"),
    _rule(PastedKind.DISCORD_LINK, r"(?i)https?://([\w-]+\.)?(discord(app)?\.com|discord\.gg)(/.*)?"),
    _rule(PastedKind.SLACK_LINK, r"(?i)https?://([\w-]+\.)*slack\.com(/.*)?"),
    _rule(PastedKind.LINK, r"(?i)(https?://|www\.).*"),
    _rule(PastedKind.ADDRESS, r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    _rule(PastedKind.DISCORD_PERSON, r"mfa\.[\w-]+"),
    _rule(PastedKind.DISCORD_BOT, r"[\w-]+\.[\w-]+\.[\w-]+", _number_first),
    _rule(PastedKind.DISCORD_PUBLIC_KEY, r"[0-9a-f]{64}"),
    _rule(PastedKind.SLACK_SECRET, r"[0-9a-f]{32}"),
    _rule(PastedKind.DISCORD_ID, r"\d{15,21}"),
    _rule(PastedKind.SLACK_CLIENT, r"\d{8,}\.\d{8,}"),
    _rule(PastedKind.SLACK_ID, r"A0[A-Z0-9]{7,}"),
    _rule(PastedKind.DISCORD_SECRET, r"[\w-]{32}"),
    _rule(PastedKind.KEY, r"[\w-]{1,32}:[A-Za-z0-9+/_-]{43}=?"),
)
"""In their order: the first that fits counts."""

QUOTES = "\"'`“”„‘’«»"
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_SETTING = re.compile(r"(?:export\s+)?[A-Za-z_]{4,}\s*=\s*(?=\S)")
_WORD = re.compile(r"(?:authorization:\s*)?(?:bot|bearer|token:)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PastedValue:
    """What somebody pasted, cleaned; `taken_off` names what came along with it."""

    value: str
    shape: PastedKind
    taken_off: tuple[Text, ...] = ()


def recognise(pasted: str, wanted: PastedKind) -> PastedValue:
    """Tell what was pasted; of several things in one paste, the wanted one counts."""
    value, extras = _cleaned(pasted)
    joined = "".join(value.split())
    shape = shape_of(joined)
    parts = [part for part in (_cleaned(line)[0] for line in pasted.split()) if shape_of(part) is wanted]
    if shape is not wanted and len(parts) == 1:
        return PastedValue(parts[0], wanted, (t("what stood beside it"),))
    if joined != value and shape is wanted:
        broken = t("a line break") if len(value.splitlines()) > 1 else t("spaces")
        extras = (*extras, broken)
    return PastedValue(joined, shape, extras)


def shape_of(value: str) -> PastedKind:
    """Tell what a value is by its shape."""
    return next(
        (shape for shape, pattern, also in RULES if pattern.fullmatch(value) and also(value)), PastedKind.UNKNOWN
    )


def _cleaned(pasted: str) -> tuple[str, tuple[Text, ...]]:
    """Take off what people copy along with a token, in whatever order it stands around it."""
    value, extras = INVISIBLE.sub("", pasted).strip(), list[Text]()
    while True:
        before = value
        if (match := _SETTING.match(value)) is not None:
            value, what = value[match.end() :], t("the name of the setting")
        elif (match := _WORD.match(value)) is not None:
            value, what = value[match.end() :], t("the word in front of it")
        elif value[:1] in QUOTES or value[-1:] in QUOTES:
            value, what = value.strip(QUOTES), t("quotation marks")
        elif value[-1:] in {",", ";", "<", ">"} or value[:1] in {"<", ">"}:
            value, what = value.strip(",;<>"), t("signs around it")
        else:
            return value, tuple(extras)
        value = value.strip()
        if value == before:
            return value, tuple(extras)
        if what not in extras:
            extras.append(what)

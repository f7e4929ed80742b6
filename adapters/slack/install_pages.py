"""The pages on which somebody adds the bot to their workspace: plain, in both languages, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from adapters.slack.dialect import WORDS
from adapters.slack.installing import CANCELLED, NOT_KEPT, PAGE, REFUSED, SILENT, START, TOO_LATE
from adapters.slack.permissions import INVITE
from bot.ui.languages import best, locale, right_to_left, spoken
from bot.ui.text import Text, t
from bot.ui.values import CommandRef
from bot.ui.voice import say

STYLE = """
* { box-sizing: border-box }
body { color: #1f2933; font: 18px/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif; margin: 0 auto; max-width: 42rem; padding: 1.5rem }
h1 { font-size: 1.7rem; line-height: 1.2 }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .25rem }
.go { background: #22425f; border-radius: .4rem; color: #fff; display: inline-block; font-weight: 650; padding: .7rem 1.2rem; text-decoration: none }
.go:focus, a:focus { outline: 3px solid #b45309; outline-offset: 2px }
a { color: #1d4f80 }
li { margin: .4rem 0 }
nav { margin-top: 2.5rem }
code { background: #eef3f8; border-radius: .25rem; padding: .1rem .35rem }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What a browser is told with every page: run nothing, tell nobody, keep nothing."""
OPEN_SLACK = "https://slack.com/app_redirect"

FAILED = {
    CANCELLED: (t("You stopped before the end."), t("Nothing was added. You can begin again at any time.")),
    TOO_LATE: (
        t("This was done already, it took too long, or it was begun in another browser."),
        t("Is Hello Circle in your workspace? Then all is well. If not, begin again here, and stay in this browser."),
    ),
    SILENT: (t("Slack did not answer me."), t("Nothing was kept. Wait a minute, then begin again.")),
    NOT_KEPT: (t("I could not save this."), t("Wait a minute, then begin again. Nothing is lost by that.")),
    REFUSED: (
        t("Slack did not let me in."),
        t("Begin again. If it happens again, ask an admin of your workspace whether apps may be added."),
    ),
}
"""What happened and what to do, by the word in the address."""


@dataclass(frozen=True, slots=True)
class InstallPage:
    """What stands on a page, from above."""

    title: Text
    words: Sequence[Text] = ()
    steps: Sequence[Text] = ()
    button: tuple[Text, str] | None = None
    below: Sequence[tuple[Text, Sequence[Text]]] = ()
    """Headings, each with what stands under it."""
    more: tuple[Text, str] | None = None
    """A link below everything."""


def install_page(privacy: str) -> InstallPage:
    """Say what the bot is and what it may do, with the button that adds it."""
    may = (
        t("It may answer commands, post in channels it is invited to, and write to people."),
        t("It may read people's name, language, time zone, and whether they are an admin."),
        t("It cannot read your messages. You may allow it to look for its own digest in one channel."),
        t("With a shortcut, somebody can hand it one message."),
    )
    sealed = (
        t("What members write is sealed. In Slack, only they see it. Whoever runs this bot has the key."),
        t("Each member can take their data along, or erase it."),
        t("When you take the app out, everything is erased after 30 days."),
    )
    return InstallPage(
        t("Add Hello Circle to Slack"),
        (
            t("Hello Circle helps people who look for work. Each week they do one good thing, together."),
            t("You need the right to add apps to your workspace. Slack asks you once more."),
        ),
        button=(t("Add to Slack"), START),
        below=((t("What the app may do"), may), (t("What happens with your data"), sealed)),
        more=(t("Privacy"), privacy) if privacy else None,
    )


def installed_page(team: str, app: str) -> InstallPage:
    """Say what to do next."""
    setup, help_ = CommandRef("community setup"), CommandRef("help")
    where = {name: value for name, value in (("app", app), ("team", team)) if value}
    return InstallPage(
        t("Hello Circle is in your workspace"),
        (t("It has posted nothing, and it waits for you. Three steps are left, all of them in Slack:"),),
        (
            t("Open the channel for the weekly digest, or make one."),
            t("In that channel, type {line} and send it.", line=INVITE),
            t("Type {command} and send it. A form asks the rest.", command=setup),
        ),
        (t("Open Slack"), f"{OPEN_SLACK}?{urlencode(where)}" if app else "https://slack.com"),
        ((t("If you get stuck"), (t("Type {command} in any channel. Only you see the answer.", command=help_),)),),
    )


def failed_page(why: str) -> InstallPage:
    """Say what went wrong and what to do."""
    happened, next_ = FAILED.get(why, FAILED[REFUSED])
    return InstallPage(t("Hello Circle was not added"), (happened, next_), button=(t("Begin again"), PAGE))


def language_of(wish: str, accepted: str) -> str:
    """Choose a language: the one in the address, else the first that the browser asks for and we speak."""
    return best(wish, *(part.split(";")[0].strip() for part in accepted.split(",")))


def _link(body: Element, link: tuple[Text, str] | None, language: str, look: dict[str, str]) -> None:
    """Write a link in a line of its own, where there is one."""
    if link is not None:
        label, target = link
        SubElement(SubElement(body, "p"), "a", {**look, "href": target}).text = say(label, language, WORDS)


def as_html(page: InstallPage, language: str, address: str, query: dict[str, str]) -> str:
    """Write a page in a language, with links to the same page in the others."""
    html = Element("html", lang=language, dir="rtl" if right_to_left(language) else "ltr")
    head, body = SubElement(html, "head"), SubElement(SubElement(html, "body"), "main")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="robots", content="noindex")
    SubElement(head, "title").text = say(page.title, language, WORDS)
    SubElement(head, "style").text = STYLE
    SubElement(body, "h1").text = say(page.title, language, WORDS)
    for words in page.words:
        SubElement(body, "p").text = say(words, language, WORDS)
    steps = SubElement(body, "ol") if page.steps else body
    for step in page.steps:
        SubElement(steps, "li").text = say(step, language, WORDS)
    _link(body, page.button, language, {"class": "go"})
    for heading, lines in page.below:
        SubElement(body, "h2").text = say(heading, language, WORDS)
        for line in lines:
            SubElement(body, "p").text = say(line, language, WORDS)
    _link(body, page.more, language, {})
    others = SubElement(body, "nav", {"aria-label": say(t("Languages"), language)})
    for other in spoken():
        if other != language:
            where = urlencode({**query, "lang": other})
            link = SubElement(others, "a", {"href": f"{address}?{where}", "lang": other, "hreflang": other})
            link.text = (locale(other).get_display_name(other) or other).capitalize()
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"

"""Commands that thank the leads who helped with good news: the chain of names, and a draft for each lead in it."""

from dataclasses import replace
from typing import Annotated

from bot.domain.chain import passed_on
from bot.domain.ids import LeadId, WinId
from bot.domain.lead import Lead, after_thanks
from bot.domain.win import Win
from bot.engine.call import Call
from bot.engine.holidays import days_off
from bot.engine.refs import IN_LANGUAGE, SpokenLanguage
from bot.engine.rules import RowId
from bot.features.meeting import for_a_name, for_news
from bot.features.people import LeadRef, chain_of, own_lead, why_due
from bot.features.registry import action, command, refer_to
from bot.features.win.news import WinRef
from bot.store import leads, wins
from bot.ui.button import Style
from bot.ui.languages import spoken
from bot.ui.reply import Fields, Heading, Listing, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Day, UserText

LEAD_NEXT = refer_to("lead next")

MOST = 4
"""Leads of a chain for whom there is a draft; those farther back are only named."""
SHORT_NAME = 40
"""Letters of a name on a button; Slack shows 75 of all its words."""
WIN = RowId(label=t("Good news"))


@command("win thanks", form=t("Who helped you?"), example='/win thanks lead:"dana"', reads=True)
def thanks(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("The person who helped"), open_only=False)],
    win: Annotated[WinId | None, WinRef(label=t("Good news"), asked=False)] = None,
    language: Annotated[str | None, SpokenLanguage(label=t("Language"), asked=False)] = None,
) -> Reply:
    """See who helped with your good news, and thank each person."""
    helper, draft_language = own_lead(call, lead), language or call.language
    news = wins.find(call.tx, call.who, win) if win is not None else wins.latest(call.tx, call.who)
    chained = chain_of(call.tx, call.who, helper)
    parts: list[Part] = [Heading(t("Who helped with your good news")), Listing(tuple(_chain_lines(chained)))]
    for number, recipient in enumerate(chained[:MOST]):
        # The chain goes from the helper back to the first giver: each lead in it gave the name of the one before.
        named = chained[number - 1] if number else None
        parts += _draft(call, recipient, named, news, draft_language)
    others = [code for code in spoken() if code != draft_language]
    return reply(
        *parts,
        Note(t("Put your own words in the [brackets]. Then send it yourself.")),
        buttons(*(thanks.button(call.stamp, IN_LANGUAGE[c], lead=lead, win=win, language=c) for c in others)),
    )


def _chain_lines(chained: list[Lead]) -> list[Text]:
    """Say who gave whose name, from the first giver to the lead that helped."""
    steps = [
        t("{giver} gave you the name of {given}.", giver=UserText(giver.name), given=UserText(named.name))
        for giver, named in reversed(passed_on(chained))
    ]
    return [*steps, t("{name} helped with your good news.", name=UserText(chained[0].name))]


def _draft(call: Call, lead: Lead, named: Lead | None, news: Win | None, language: str) -> tuple[Part, ...]:
    """Draft the thank-you to a lead; `named` is whose name they gave, None for the lead who helped directly."""
    text, member = news.text if news is not None else None, call.member.name
    words = for_news(lead, text, member, language) if named is None else for_a_name(lead, named, text, member, language)
    label = t("I thanked {name}", name=UserText(lead.name[:SHORT_NAME]))
    done_button = thanked.button(call.stamp, label, Style.MAIN, lead=lead.id, win=news.id if news is not None else None)
    return (Heading(t("To {name}", name=UserText(lead.name))), *words, buttons(done_button))


@action("win thanked")
def thanked(
    call: Call,
    *,
    lead: Annotated[LeadId, RowId(label=t("Person"))],
    win: Annotated[WinId | None, WIN] = None,
) -> Reply:
    """Say that somebody was thanked; it counts as staying in touch."""
    before = own_lead(call, lead)
    after = replace(
        before, clock=after_thanks(before.clock, call.today, days_off(call.community.holidays), every=before.every)
    )
    leads.save(call.tx, call.who, after, call.now)
    if win is not None:
        wins.thanked(call.tx, call.who, win)
    because = why_due(after)
    due = after.clock.due
    return reply(
        t("Good. {name} will be glad.", name=UserText(after.name)),
        Fields(((t("I remind you on"), Day(due)), (t("Because"), because))) if due and because else None,
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )

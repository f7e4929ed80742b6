"""Words for the terms of the domain, used by several families."""

from bot.domain.ask import Wording
from bot.domain.evidence import AnswerRate
from bot.domain.lead import CloseReason, DueReason, HelloInterval, KnowsTerm, Lead, Stage
from bot.domain.meeting import WorkKnown
from bot.domain.report import Amount
from bot.domain.tip import Topic
from bot.ui.text import Text, t
from bot.ui.values import Count, UserText

STAGES: dict[Stage, Text] = {
    Stage.NEW: t("new"),
    Stage.ASKED: t("asked"),
    Stage.REPLIED: t("replied"),
    Stage.MEETING: t("meeting planned"),
    Stage.MET: t("met"),
    Stage.IN_TOUCH: t("in touch"),
    Stage.CLOSED: t("closed"),
}

KNOWS_TERM: dict[KnowsTerm, Text] = {
    KnowsTerm.YES: t("yes"),
    KnowsTerm.NO: t("no"),
    KnowsTerm.NOT_SURE: t("not sure"),
}

KNOWS: dict[WorkKnown, Text] = {
    WorkKnown.YES: t("yes"),
    WorkKnown.NOT_SURE: t("not sure"),
    WorkKnown.NO: t("no"),
}

CLOSE_REASONS: dict[CloseReason, Text] = {
    CloseReason.NO_ANSWER: t("no answer"),
    CloseReason.SAID_NO: t("they said no"),
    CloseReason.NOT_FOR_ME: t("not for me any more"),
    CloseReason.DONE: t("we are done"),
}

TOPICS: dict[Topic, Text] = {
    Topic.ASKING: t("asking"),
    Topic.PREPARING: t("preparing"),
    Topic.WORDS: t("choosing words"),
    Topic.TALKING: t("talking"),
    Topic.GOING_ON: t("going on"),
    Topic.OTHER: t("something else"),
}

WORDINGS: dict[Wording, Text] = {
    Wording.CHAT: t("a casual chat"),
    Wording.CALL: t("a short call"),
    Wording.COFFEE: t("a coffee"),
    Wording.MEETING: t("a meeting"),
    Wording.DISCUSSION: t("a discussion"),
    Wording.TERM: t("the special term"),
    Wording.OTHER: t("something else"),
}
TALKS = {wording: WORDINGS[wording] for wording in Wording if wording not in {Wording.TERM, Wording.OTHER}}
"""What a talk can be called so that everybody understands it."""

DUE: dict[DueReason, Text] = {
    DueReason.FOLLOW_UP: t("no answer yet, so send one more short message"),
    DueReason.GOODBYE: t("three messages and no answer, so write to the next person"),
    DueReason.PROPOSE_TIME: t("they answered, so propose a time"),
    DueReason.PROPOSE_LATER: t("they answered, so propose a time"),
    DueReason.ASK_AGAIN: t("they answered once, but not again yet, so send a short message"),
    DueReason.PROPOSE_AGAIN: t("your talk is cancelled, so propose another day"),
    DueReason.THANK_YOU: t("you met, so say thank you"),
    DueReason.PROGRESS: t("you met a week ago, so tell them what you did since then"),
    DueReason.KEEP_IN_TOUCH: t("you met or wrote a month ago, so send a short hello"),
}
HELLO: dict[HelloInterval, Text] = {
    HelloInterval.TWO_WEEKS: t("you met or wrote two weeks ago, so send a short hello"),
    HelloInterval.MONTH: DUE[DueReason.KEEP_IN_TOUCH],
    HelloInterval.THREE_MONTHS: t("you met or wrote three months ago, so send a short hello"),
}
EVERY: dict[HelloInterval, Text] = {
    HelloInterval.TWO_WEEKS: t("every 2 weeks"),
    HelloInterval.MONTH: t("every month"),
    HelloInterval.THREE_MONTHS: t("every 3 months"),
}


def why_due(lead: Lead) -> Text | None:
    """Say why something is due with a lead; None when nothing is due."""
    if lead.clock.reason is DueReason.KEEP_IN_TOUCH:
        return HELLO[lead.every]
    return DUE[lead.clock.reason] if lead.clock.reason is not None else None


def due_sentence(lead: Lead) -> Text:
    """Name a lead with why something is due."""
    return t("{name}: {why}.", name=UserText(lead.name), why=why_due(lead) or t("nothing to do now"))


def person(lead: Lead) -> Text:
    """Name a lead with where they work."""
    return t("{name}, {organisation}", name=UserText(lead.name), organisation=UserText(lead.organisation))


def amount_words(amount: Amount) -> Count | Text:
    """Say a total as exactly as it may be told."""
    number = Count(amount.number)
    if amount.exact:
        return number
    return t("at least {n}", n=number) if amount.at_least else t("more than {n}", n=number)


def rate_words(rate: AnswerRate) -> Text:
    """Say how many of ten asks with a wording were answered; the lowest and the highest step are open-ended."""
    open_ended = {1: t("1 in 10 or fewer"), 9: t("9 in 10 or more")}
    tenths = open_ended.get(rate.tally.tenths) or t("about {n} in 10", n=Count(rate.tally.tenths))
    asks = Count(rate.tally.asks)
    return t("{wording}: {tenths} answered, of {asks} asks", wording=WORDINGS[rate.wording], tenths=tenths, asks=asks)

"""Words for the result of a review of a message, each quoting the place in it."""

from bot.domain.outreach.review import MOST_WORDS, Fault, Fix, NotAMessage, Review
from bot.features.people import TALKS
from bot.ui.text import Text, t
from bot.ui.values import Count, Together, UserText

MOST_GOOD = 4
"""Lines of praise that are shown; a phone has no room for more."""

_GOOD: dict[Fault, Text] = {
    Fault.REASON: t("You say why you write to this person."),
    Fault.EASY_NO: t("You tell them that a no is fine."),
    Fault.ABOUT_THEM: t("You write about them, not only about you."),
    Fault.COMMON: t("You say what you have in common."),
    Fault.QUESTION: t("You ask a clear question."),
    Fault.TOPIC: t("They know what the talk is about."),
    Fault.DURATION: t("They know how long the talk takes."),
    Fault.LENGTH: t("Your message is short enough."),
}


def good_words(review: Review) -> tuple[Text, ...]:
    """Say what is good in a message; there is always at least one line."""
    praise = tuple(words for fault, words in _GOOD.items() if fault in review.good)
    return praise[:MOST_GOOD] or (t("You wrote to somebody you do not know. That takes courage."),)


def fix_words(fix: Fix, review: Review) -> Text:
    """Say what to change in a message, quoting the place."""
    quote = UserText(fix.quote)
    match fix.fault:
        case Fault.LENGTH:
            most, number = Count(MOST_WORDS), Count(review.words)
            return t(
                'Your message has {number} words. {most} are enough. You can take this sentence out: "{quote}"',
                number=number,
                most=most,
                quote=quote,
            )
        case Fault.TOO_MANY:
            number = Count(review.questions)
            return t(
                'There are {number} questions. Keep one or two. You can ask this one later: "{quote}"',
                number=number,
                quote=quote,
            )
        case Fault.TERM:
            names = Together(tuple(TALKS.values()), any_of=True)
            return t(
                'Many people do not know this term: "{quote}". Say one of these: {names}.', quote=quote, names=names
            )
        case _:
            return t(_FIXES[fix.fault].message, quote=quote)


_FIXES: dict[Fault, Text] = {
    Fault.UNFILLED: t('Put your own words here: "{quote}"'),
    Fault.JOB: t('This asks for a job: "{quote}" Take this sentence out. First they need to know you.'),
    Fault.REASON: t('You could write this to anybody: "{quote}" Name one thing that only this person did.'),
    Fault.EASY_NO: t('Tell them that they can say no. Add it after this sentence: "{quote}"'),
    Fault.QUESTION: t('There is no question yet. Make this sentence a question: "{quote}"'),
    Fault.ABOUT_THEM: t('Most of your message is about you. For example: "{quote}" Write more about them.'),
    Fault.CAPITALS: t('There are many big letters here: "{quote}" Small letters are easier to read.'),
    Fault.ATTACHMENT: t('Do not send files or links yet: "{quote}" Send them when they ask.'),
    Fault.TOPIC: t('They cannot see what you want to talk about: "{quote}" Name one topic.'),
    Fault.DURATION: t('They cannot see how long the talk takes: "{quote}" Say, for example, 20 minutes.'),
    Fault.COMMON: t('Say what you two have in common. You can add it after this sentence: "{quote}"'),
}

NOT_READ: dict[NotAMessage, Text] = {
    NotAMessage.TOO_SHORT: t("This is very short, so I cannot read it as a message."),
    NotAMessage.OTHER_LANGUAGE: t("I can read messages in English and French only."),
    NotAMessage.TO_NOBODY: t("This does not look like a message to a person."),
}

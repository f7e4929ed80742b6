"""What each family of commands is for, in one sentence."""

from bot.ui.text import Text, t

FAMILIES: dict[str, Text] = {
    "start": t("Answer five short questions to begin."),
    "lead": t("People you would like to talk with."),
    "ask": t("Your messages to these people."),
    "meeting": t("Your talks with them."),
    "followup": t("Who hears from you next, and when."),
    "week": t("Your plan for the week, and how it went."),
    "tip": t("Short tips that worked for others."),
    "board": t("The leaderboard. You choose if you are on it."),
    "buddy": t("One or two others who share the week with you."),
    "win": t("Good news, shared only if you say so."),
    "me": t("Your settings, your messages, your data."),
    "community": t("For organisers: the settings of this community."),
    "help": t("This page."),
}

"""The words for days and months in English and French, folded: lower case, no accents."""

import re

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon lundi lun",
            "tuesday tue tues mardi mar",
            "wednesday wed mercredi mer",
            "thursday thu thur thurs jeudi jeu",
            "friday fri vendredi ven",
            "saturday sat samedi sam",
            "sunday sun dimanche dim",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan janvier janv",
            "february feb fevrier fev fevr",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout",
            "september sep sept septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        start=1,
    )
    for word in words.split()
}
NEAR = {
    "today": 0, "aujourd'hui": 0, "aujourdhui": 0, "ce jour": 0,
    "tomorrow": 1, "demain": 1,
    "yesterday": -1, "hier": -1,
    "day after tomorrow": 2, "apres-demain": 2, "apres demain": 2, "surlendemain": 2,
    "day before yesterday": -2, "avant-hier": -2, "avant hier": -2,
}  # fmt: skip
NEXT = {"next", "prochain", "prochaine"}
COMING = {"coming"}
LAST = {"last", "past", "dernier", "derniere", "passe", "passee"}
FILLERS = re.compile(r"\b(?:on|the|le|la|this|ce|of|de|du|at|a(?! (?:day|week)\b)|vers)\b|@|,")
NUMBERS = {word: str(n) for n, words in enumerate(("one un une a an", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept"), 1) for word in words.split()}  # fmt: skip
UNITS = {"day": 1, "days": 1, "jour": 1, "jours": 1, "week": 7, "weeks": 7, "semaine": 7, "semaines": 7}
NOON = {"noon", "midday", "midi"}

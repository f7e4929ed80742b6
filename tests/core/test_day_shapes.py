"""The shapes in which people write days and hours, in both languages: each is read exactly, or asked about."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.dates import Prefer, Sure, Unclear, Unsure, Value, Want, read_moment, write_moment
from bot.core.days import Why

TORONTO = ZoneInfo("America/Toronto")
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=TORONTO)
"""All that is read here is typed on this Monday morning."""


def planned(text: str, now: datetime = MONDAY) -> Sure | Unsure | Unclear:
    return read_moment(text, zone=TORONTO, now=now, prefer=Prefer.FUTURE, want=Want.MOMENT)


def happened(text: str, now: datetime = MONDAY) -> Sure | Unsure | Unclear:
    return read_moment(text, zone=TORONTO, now=now, prefer=Prefer.PAST, want=Want.DATE)


def written(found: Sure | Unsure | Unclear) -> str:
    match found:
        case Sure():
            return write_moment(found.value)
        case Unsure():
            return " or ".join(write_moment(each) for each in found.options)
        case Unclear():
            return found.why


HOURS = {
    "vendredi 15 heures": "2026-03-13 15:00",
    "vendredi 15 heures 30": "2026-03-13 15:30",
    "vendredi à 15 heures": "2026-03-13 15:00",
    "15 heures vendredi": "2026-03-13 15:00",
    "15h vendredi": "2026-03-13 15:00",
    "vendredi 15H": "2026-03-13 15:00",
    "vendredi quinze heures": "2026-03-13 15:00",
    "vendredi à quinze heures trente": "2026-03-13 15:30",
    "vendredi 9h du matin": "2026-03-13 09:00",
    "vendredi 9 heures du matin": "2026-03-13 09:00",
    "vendredi matin 9h": "2026-03-13 09:00",
    "vendredi matin à 9 h 30": "2026-03-13 09:30",
    "vendredi neuf heures et demie": "2026-03-13 09:30",
    "vendredi 9h et quart": "2026-03-13 09:15",
    "vendredi dix heures moins le quart": "2026-03-13 09:45",
    "vendredi après-midi à 3h": "2026-03-13 15:00",
    "vendredi 3h de l'après-midi": "2026-03-13 15:00",
    "vendredi soir 7h": "2026-03-13 19:00",
    "vendredi à 7h du soir": "2026-03-13 19:00",
    "vendredi midi": "2026-03-13 12:00",
    "vendredi à midi et demi": "2026-03-13 12:30",
    "vendredi midi trente": "2026-03-13 12:30",
    "ce soir 19h": "2026-03-09 19:00",
    "ce soir à 19 h 30": "2026-03-09 19:30",
    "ce soir à 7h": "2026-03-09 19:00",
    "19h ce soir": "2026-03-09 19:00",
    "cet après-midi 14h": "2026-03-09 14:00",
    "ce midi": "2026-03-09 12:00",
    "demain soir 20h": "2026-03-10 20:00",
    "demain matin 8h": "2026-03-10 08:00",
    "aujourd'hui à 15h": "2026-03-09 15:00",
    "tonight 7pm": "2026-03-09 19:00",
    "tonight at 7": "2026-03-09 19:00",
    "tonight 19:30": "2026-03-09 19:30",
    "7 tonight": "2026-03-09 19:00",
    "tomorrow night 8pm": "2026-03-10 20:00",
    "tomorrow evening at 6:30": "2026-03-10 18:30",
    "tomorrow morning at 9": "2026-03-10 09:00",
    "9 in the morning tomorrow": "2026-03-10 09:00",
    "this afternoon at 3": "2026-03-09 15:00",
    "3 in the afternoon on friday": "2026-03-13 15:00",
    "friday 3.30pm": "2026-03-13 15:30",
    "friday 3.30 p.m.": "2026-03-13 15:30",
    "friday at 15.30": "2026-03-13 15:30",
    "friday 15.30": "2026-03-13 15:30",
    "friday 3:30pm": "2026-03-13 15:30",
    "friday 3:30 PM": "2026-03-13 15:30",
    "friday 3 30 pm": "2026-03-13 15:30",
    "friday 3p": "2026-03-13 15:00",
    "friday, 3 p.m": "2026-03-13 15:00",
    "3pm friday": "2026-03-13 15:00",
    "15:00 friday": "2026-03-13 15:00",
    "friday at 11": "2026-03-13 11:00",
    "friday @ 11": "2026-03-13 11:00",
    "friday 11 o'clock": "2026-03-13 11:00",
    "friday eleven o'clock": "2026-03-13 11:00",
    "friday half past eleven": "2026-03-13 11:30",
    "friday at quarter past ten": "2026-03-13 10:15",
    "friday quarter to eleven": "2026-03-13 10:45",
    "friday 1500h": "2026-03-13 15:00",
    "friday 15:00:00": "2026-03-13 15:00",
    "friday noon": "2026-03-13 12:00",
    "12 noon friday": "2026-03-13 12:00",
    "friday 12pm": "2026-03-13 12:00",
    "friday 24:00": "2026-03-14 00:00",
    "tonight midnight": "2026-03-10 00:00",
    "ce soir à minuit": "2026-03-10 00:00",
    "in 2 hours": "2026-03-09 11:00",
    "in an hour": "2026-03-09 10:00",
    "in half an hour": "2026-03-09 09:30",
    "dans une heure": "2026-03-09 10:00",
    "dans 30 minutes": "2026-03-09 09:30",
    "vendredi ١٥:٠٠": "2026-03-13 15:00",
    "vendredi १५:००": "2026-03-13 15:00",
    "ｆｒｉｄａｙ　１５：００": "2026-03-13 15:00",
    "Vendredi 15h": "2026-03-13 15:00",
    "VENDREDI À 15H": "2026-03-13 15:00",
}
DATES = {
    "13 mars 15h": "2026-03-13 15:00",
    "le vendredi 13 mars à 15h": "2026-03-13 15:00",
    "vendredi le 13 mars 15h": "2026-03-13 15:00",
    "13 mars 2026 15h": "2026-03-13 15:00",
    "13 mars, 15 h": "2026-03-13 15:00",
    "15h le 13 mars": "2026-03-13 15:00",
    "15 heures 13 mars": "2026-03-13 15:00",
    "13-mars-2026 15h": "2026-03-13 15:00",
    "treize mars à quinze heures": "2026-03-13 15:00",
    "le premier avril à 10h": "2026-04-01 10:00",
    "1er avril 10h": "2026-04-01 10:00",
    "1er avr. 10h": "2026-04-01 10:00",
    "le sept avril à sept heures du soir": "2026-04-07 19:00",
    "le vingt et un avril 10h": "2026-04-21 10:00",
    "15 avril 10h": "2026-04-15 10:00",
    "15 août 10h": "2026-08-15 10:00",
    "15 AOUT 10h": "2026-08-15 10:00",
    "15 juil. 10h": "2026-07-15 10:00",
    "march 13 3pm": "2026-03-13 15:00",
    "March 13th, 2026 at 3 pm": "2026-03-13 15:00",
    "Mar 13 at 3pm": "2026-03-13 15:00",
    "Fri Mar 13 3pm": "2026-03-13 15:00",
    "friday, march 13, 3:00 pm": "2026-03-13 15:00",
    "friday 13 march 15:00": "2026-03-13 15:00",
    "the 13th of march at 3pm": "2026-03-13 15:00",
    "3pm on the 13th of March": "2026-03-13 15:00",
    "march thirteenth at 3pm": "2026-03-13 15:00",
    "march twenty-first 3pm": "2026-03-21 15:00",
    "13mar 15:00": "2026-03-13 15:00",
    "the 13th at 3pm": "2026-03-13 15:00",
    "le 13 à 15h": "2026-03-13 15:00",
    "vendredi 13 15h": "2026-03-13 15:00",
    "friday 13th 3pm": "2026-03-13 15:00",
    "2026-03-13 15:00": "2026-03-13 15:00",
    "2026/03/13 15:00": "2026-03-13 15:00",
    "2026.03.13 15:00": "2026-03-13 15:00",
    "20260313 15:00": "2026-03-13 15:00",
    "2026-03-13T15:00:00": "2026-03-13 15:00",
    "2026-03-13T19:00Z": "2026-03-13 15:00",
    "13/03/2026 15h": "2026-03-13 15:00",
    "13/03/26 15h": "2026-03-13 15:00",
    "13.03.2026 15h": "2026-03-13 15:00",
    "13-03-2026 15h": "2026-03-13 15:00",
    "13.3. 15:00": "2026-03-13 15:00",
    "3/13/2026 3pm": "2026-03-13 15:00",
    "3/13 3pm": "2026-03-13 15:00",
    "vendredi 13/03 15h": "2026-03-13 15:00",
    "jeudi 12/03 15h": "2026-03-12 15:00",
    "3/3/2027 15h": "2027-03-03 15:00",
    "dans une semaine 15h": "2026-03-16 15:00",
    "dans deux semaines à 15h": "2026-03-23 15:00",
    "dans 10 jours à 15h": "2026-03-19 15:00",
    "dans un mois à 15h": "2026-04-09 15:00",
    "in two weeks at 3pm": "2026-03-23 15:00",
    "in a fortnight at 3pm": "2026-03-23 15:00",
    "in a month, 3pm": "2026-04-09 15:00",
    "two weeks from now at 3pm": "2026-03-23 15:00",
    "a week from friday 3pm": "2026-03-20 15:00",
    "vendredi en huit 15h": "2026-03-20 15:00",
    "friday week 3pm": "2026-03-20 15:00",
    "lundi de la semaine prochaine 15h": "2026-03-16 15:00",
    "monday next week 3pm": "2026-03-16 15:00",
    "next week on friday 3pm": "2026-03-20 15:00",
    "friday this week 3pm": "2026-03-13 15:00",
    "le 3 du mois prochain à 15h": "2026-04-03 15:00",
    "lundi prochain 15h": "2026-03-16 15:00",
    "this friday 3pm": "2026-03-13 15:00",
    "ce vendredi 15h": "2026-03-13 15:00",
    "this coming friday 3pm": "2026-03-13 15:00",
    "demain 15h": "2026-03-10 15:00",
    "tmrw 3pm": "2026-03-10 15:00",
    "après demain 15h": "2026-03-11 15:00",
    "the day after tomorrow 3pm": "2026-03-11 15:00",
}
DOUBTFUL = {
    "le 3 mars à 9 h 30": "2026-03-03 09:30 or 2027-03-03 09:30",
    "10 september 15:00": "2025-09-10 15:00 or 2026-09-10 15:00",
    "12/03/26 15:00": "2026-03-12 15:00 or 2026-12-03 15:00",
    "12/03/2026 15:00": "2026-03-12 15:00 or 2026-12-03 15:00",
    "10/4 15:00": "2026-04-10 15:00 or 2025-10-04 15:00 or 2026-10-04 15:00",
    "4/5/2026 15:00": "2026-04-05 15:00 or 2026-05-04 15:00",
    "dans 8 jours à 15h": "2026-03-16 15:00 or 2026-03-17 15:00",
    "dans huit jours à 15h": "2026-03-16 15:00 or 2026-03-17 15:00",
    "dans 15 jours à 15h": "2026-03-23 15:00 or 2026-03-24 15:00",
    "dans quinze jours 15h": "2026-03-23 15:00 or 2026-03-24 15:00",
    "dans une quinzaine 15h": "2026-03-23 15:00 or 2026-03-24 15:00",
    "next friday 3pm": "2026-03-13 15:00 or 2026-03-20 15:00",
    "vendredi prochain 15h": "2026-03-13 15:00 or 2026-03-20 15:00",
    "lundi 15h": "2026-03-09 15:00 or 2026-03-16 15:00",
    "friday at 3": "2026-03-13 15:00 or 2026-03-13 03:00",
    "friday at 7": "2026-03-13 19:00 or 2026-03-13 07:00",
    "friday 3 o'clock": "2026-03-13 15:00 or 2026-03-13 03:00",
    "vendredi trois heures": "2026-03-13 15:00 or 2026-03-13 03:00",
    "friday half past three": "2026-03-13 15:30 or 2026-03-13 03:30",
    "friday midnight": "2026-03-13 00:00 or 2026-03-14 00:00",
    "vendredi minuit": "2026-03-13 00:00 or 2026-03-14 00:00",
    "the 3rd at 3pm": "2026-03-03 15:00 or 2026-04-03 15:00",
}
UNREAD = {
    "la semaine prochaine": Why.NO_DAY,
    "next week 3pm": Why.NO_DAY,
    "next month at 3pm": Why.NO_DAY,
    "this weekend 3pm": Why.NO_DAY,
    "vendredi": Why.NO_TIME,
    "vendredi matin": Why.NO_TIME,
    "tonight": Why.NO_TIME,
    "le 13 mars": Why.NO_TIME,
    "soon 3pm": Why.UNKNOWN,
    "15 3pm": Why.UNKNOWN,
    "15h ou 16h vendredi": Why.UNKNOWN,
    "15h-16h vendredi": Why.UNKNOWN,
    "vendredi matin 15h": Why.NO_SUCH_HOUR,
    "ce soir 9h du matin": Why.UNKNOWN,
    "friday 13:00 pm": Why.NO_SUCH_HOUR,
    "vendredi 25h": Why.NO_SUCH_HOUR,
    "jeudi 13 mars 15h": Why.DISAGREE,
    "jeudi 13/03 15h": Why.DISAGREE,
    "jeudi 13 15h": Why.DISAGREE,
    "31 avril 15h": Why.NO_SUCH_DAY,
    "mardi 3 mars 15h": Why.PAST,
    "ce matin 8h": Why.PAST,
}
DAYS = {
    "ce matin": "2026-03-09",
    "this morning": "2026-03-09",
    "now": "2026-03-09",
    "hier soir": "2026-03-08",
    "last night": "2026-03-08",
    "yesterday at 3pm": "2026-03-08",
    "an hour ago": "2026-03-09",
    "il y a deux heures": "2026-03-09",
    "il y a une semaine": "2026-03-02",
    "il y a un mois": "2026-02-09",
    "a month ago": "2026-02-09",
    "il y a 8 jours": "2026-03-02 or 2026-03-01",
    "il y a 15 jours": "2026-02-23 or 2026-02-22",
    "8 days ago": "2026-03-01",
    "15 days ago": "2026-02-22",
    "mardi de la semaine dernière": "2026-03-03",
    "tuesday last week": "2026-03-03",
    "last monday": "2026-03-02",
    "friday": "2026-03-06",
    "friday 6 march": "2026-03-06",
    "vendredi 6": "2026-03-06",
    "le 6": "2026-03-06",
    "the 6th": "2026-03-06",
    "le 10": "2026-03-10 or 2026-02-10",
    "6.3.": "2026-03-06",
    "10 march": "2026-03-10 or 2025-03-10",
    "le 10 mars": "2026-03-10 or 2025-03-10",
    "9 march": "2026-03-09",
    "1 january": "2026-01-01 or 2027-01-01",
    "25/12": "2025-12-25 or 2026-12-25",
    "3/4/2026": "2026-03-04 or 2026-04-03",
    "24 january": "2026-01-24",
    "3 mars 2026": "2026-03-03",
    "3 mars 26": "2026-03-03",
    "lundi": "2026-03-09 or 2026-03-02",
    "last week": "no-day",
    "la semaine dernière": "no-day",
    "10 march 2026": "future",
    "demain": "future",
}


@pytest.mark.parametrize(("text", "meant"), [*HOURS.items(), *DATES.items()])
def test_a_meeting_in_any_shape_is_understood_exactly(text: str, meant: str) -> None:
    assert written(planned(text)) == meant


@pytest.mark.parametrize(("text", "meant"), [*DOUBTFUL.items(), *UNREAD.items()])
def test_a_meeting_that_is_not_sure_is_asked_about(text: str, meant: str) -> None:
    assert sorted(written(planned(text)).split(" or ")) == sorted(meant.split(" or "))


@pytest.mark.parametrize(("text", "meant"), DAYS.items())
def test_a_day_that_was_is_understood_or_asked_about(text: str, meant: str) -> None:
    assert sorted(written(happened(text)).split(" or ")) == sorted(meant.split(" or "))


def test_the_last_monday_said_on_a_tuesday_may_be_yesterday() -> None:
    assert written(happened("last monday", MONDAY + timedelta(days=1))) == "2026-03-09 or 2026-03-02"


MOST_DAYS = [MONDAY + timedelta(days=days) for days in range(0, 366, 5)]


@pytest.mark.parametrize("now", MOST_DAYS)
def test_a_day_without_a_year_is_near_or_asked_about_on_every_day_of_the_year(now: datetime) -> None:
    for day in (now.date() + timedelta(days=n) for n in range(-180, 181, 7)):
        said = f"{day.day} {day:%B}".lower()
        for prefer, most in ((Prefer.PAST, 60), (Prefer.FUTURE, 180)):
            found = read_moment(said, zone=TORONTO, now=now, prefer=prefer, want=Want.DATE)
            options: tuple[Value, ...] = (found.value,) if isinstance(found, Sure) else getattr(found, "options", ())
            away = [day_of(each) - now.date() for each in options]
            if isinstance(found, Sure):
                assert 0 <= (away[0].days if prefer is Prefer.FUTURE else -away[0].days) <= most
            else:
                assert len(away) == 2
                assert min(away) < timedelta(0) < max(away) or timedelta(0) in away


def day_of(value: Value) -> date:
    return value.date() if isinstance(value, datetime) else value

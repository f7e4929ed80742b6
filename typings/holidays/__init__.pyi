from collections.abc import Mapping
from datetime import date

class HolidayBase(dict[date, str]):
    subdivisions_aliases: Mapping[str, str]

def country_holidays(country: str, subdiv: str | None = None, years: int | None = None) -> HolidayBase: ...
def list_supported_countries(include_aliases: bool = True) -> dict[str, list[str]]: ...

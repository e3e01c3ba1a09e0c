"""Public holidays of a country or one of its regions, by the library `holidays`."""

from datetime import date
from functools import cache
from importlib.util import find_spec

from crm.issues import listed

INSTALL = "pip install 'rightrep[calendar]'"
MANY = 20
"""Regions named before the rest is counted."""


def why_unknown(region: str) -> str:
    """Return why the holidays of ``DE``, or ``DE-BY``, are not known; "" if they are.

    Parameters
    ----------
    region
        ISO 3166 code of a country, and of one of its regions after a hyphen.
    """
    if find_spec("holidays") is None:
        return f"the holidays of a region need `{INSTALL}`; or list their dates"
    from holidays import list_supported_countries

    country, _, part = region.partition("-")
    regions = list_supported_countries(include_aliases=False).get(country)
    if regions is None:
        return (
            "expected a date without quotes such as 2026-12-24, the code of a country "
            "such as DE, or with its region such as DE-BY"
        )
    if part and part not in regions:
        names = [f"{country}-{name}" for name in regions]
        known = f"; there are {listed(names, MANY)}" if names else ""
        return f"no region {part!r} of {country} has holidays of its own{known}"
    return ""


@cache
def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the public holidays of a country or region in a year.

    Raises
    ------
    ModuleNotFoundError
        Where the library is not installed.
    """
    from holidays import country_holidays

    country, _, part = region.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=year))

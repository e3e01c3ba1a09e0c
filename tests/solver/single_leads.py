"""What the rules on one lead and one rep mean, over plain rows.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from math import acos, ceil, cos, radians, sin
from typing import Any

from tests.solver.companies import Company, Row
from tests.solver.spoken_of import at_work, speaks_of

Written = Mapping[str, Any]


def is_outside(rule: Written, lead: Row, rep: Row) -> bool:
    """Tell whether no territory of the rep is the lead's or around it."""
    outwards = {tidy(k): tidy(v) for k, v in rule.get("parents", {}).items()}
    here, theirs = [tidy(lead.get("territory") or "")], rep.get("territories") or ()
    if here == [""] or "*" in theirs:
        return False
    for name in here:
        around = [outwards.get(name), name.rpartition(">")[0]]
        here += [outer for outer in around if outer and outer not in here]
    return not {tidy(name) for name in theirs} & {*here}


def tidy(territory: str) -> str:
    """Return the territory without spaces around each >."""
    return ">".join(part.strip() for part in territory.split(">"))


def lacks_skill(lead: Row, rep: Row) -> bool:
    """Tell whether the rep lacks a skill that the lead needs."""
    needed = {*filter(None, lead.get("skills", "").split("|"))}
    able = {*rep.get("skills", "").split("|")}
    return "*" not in able and not needed <= able


def km(lead: Row, rep: Row) -> float | None:
    """Return the distance by the law of cosines, None where a place is missing."""
    if not all("latitude" in row and "longitude" in row for row in (lead, rep)):
        return None
    a, b = radians(lead["latitude"]), radians(rep["latitude"])
    east = radians(lead["longitude"] - rep["longitude"])
    if a == b and east == 0:
        return 0.0
    return 6371.0088 * acos(sin(a) * sin(b) + cos(a) * cos(b) * cos(east))


def is_far(rule: Written, lead: Row, rep: Row) -> bool:
    """Tell whether a lead that has a place is too far from the rep."""
    if "max_km" not in rule or not {"latitude", "longitude"} <= lead.keys():
        return False
    way = km(lead, rep)
    return way is None or way > rule["max_km"]


def is_no_top_performer(company: Company, rule: Written, rep: Row) -> bool:
    """Tell whether the rep is inactive, or too many active ones are better."""
    active = [each for each in company.rep_rows if each["active"]]
    better = [
        r for r in active if r["assigned_conversion"] > rep["assigned_conversion"]
    ]
    most = ceil(Fraction(str(rule["top_share"])) * len(active)) - 1
    return not rep["active"] or len(better) > most


def moves(company: Company, lead: Row, rep_id: str) -> bool:
    """Tell whether the lead leaves a current rep who is at work."""
    current = lead.get("current_rep_id", "")
    return at_work(company, current) and rep_id not in {"", current}


def daily_slots(company: Company, rule: Written, rep: Row) -> float:
    """Return how many leads a capacity rule gives the rep today."""
    full = rep["daily_capacity"] * Fraction(str(rule.get("factor", 1)))
    slots = (2 * full + 1) // 2
    if "ramp_up" in rule and "start_date" in rep:
        start = Fraction(str(rule["ramp_up"]["start"]))
        days = _date(company.as_of) - _date(rep["start_date"])
        share = min(1, start + (1 - start) * days / rule["ramp_up"]["days"])
        slots = min(max(1, (2 * full * share + 1) // 2), slots)
    if rule.get("open_book", True) and "open_capacity" in rep:
        slots = min(slots, max(0, rep["open_capacity"] - rep.get("open_leads", 0)))
    return slots


def price_of_the_way(rule: Written, lead: Row, rep: Row) -> float:
    """Return what the distance costs."""
    way = km(lead, rep) if speaks_of(rule, lead) else None
    return (way or 0.0) * rule.get("price_per_km", 0.0)


def _date(moment: str) -> int:
    return datetime.fromisoformat(moment[:10]).toordinal()

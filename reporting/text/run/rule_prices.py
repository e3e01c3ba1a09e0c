"""What a rule costs, and what one more slot adds, as people say it."""

from collections.abc import Mapping
from typing import Any

from reporting.text.layout.layout import number
from reporting.text.words.people import rep_name

ROUNDING = 1e-9
"""Costs and prices below this are rounding."""


def cost_sentence(row: Mapping[Any, Any], unit: str) -> str:
    """Return what the day would be without a rule.

    Parameters
    ----------
    row
        Of the costs of rules: ``cost``, ``leads_held_back`` and ``proven``.
    unit
        What the objective counts.
    """
    cost, held_back = float(row["cost"]), int(row["leads_held_back"])
    if abs(cost) <= ROUNDING and not held_back:
        return "It costs nothing today." + ("" if row["proven"] else " (not proven)")
    more = "more" if cost >= 0 else "fewer"
    parts = [f"{number(abs(cost))} {more} expected {unit} after penalties"]
    if held_back:
        more_leads = "more" if held_back > 0 else "fewer"
        noun = "lead" if abs(held_back) == 1 else "leads"
        parts.append(f"{abs(held_back):,} {more_leads} {noun} assigned")
    proven = "" if row["proven"] else " (at least; the time limit passed)"
    return f"Without it: {', '.join(parts)}{proven}."


def price_sentence(row: Mapping[Any, Any], names: Mapping[str, str], unit: str) -> str:
    """Return what one more slot of a rep, or of a limit, would add.

    Parameters
    ----------
    row
        Of the prices: ``what``, ``key``, ``price``, ``rule``.
    names
        rep_id -> name.
    """
    key, worth = str(row["key"]), f"{number(float(row['price']))} {unit}"
    verb = "costs" if row["price"] < 0 else "adds"
    amount = worth.lstrip("-")
    together = f", together with {row['together']}" if row.get("together") else ""
    if not row["rule"]:
        return f"One more lead for {rep_name(key, names)} {verb} {amount}{together}."
    whom = rep_name(key, names) if key in names else key
    return f"One more for {whom} in rule {row['rule']} {verb} {amount}{together}."

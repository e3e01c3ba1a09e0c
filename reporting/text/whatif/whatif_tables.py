"""Variants of a day as tables, for people and for machines."""

from collections.abc import Iterator

import pandas as pd

from evaluation import Interval
from evaluation.labels import EXPECTED
from reporting.text.layout.layout import number
from reporting.text.whatif.whatif_figures import (
    ROUNDING,
    VariantDifference,
    VariantFigures,
    WhatIfFigures,
    is_clear,
)
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import reason_text

UNCLEAR = "within the uncertainty"
"""What is said of a difference that the model's errors alone can make."""
GROWTH_WORDS = {"hire": "one more rep like", "slot": "one more lead for"}


def compared(
    whatif: WhatIfFigures,
) -> Iterator[tuple[VariantFigures, VariantDifference | None]]:
    """Yield each variant with what differs from the first; the first without."""
    yield from zip(whatif.variants, (None, *whatif.differences), strict=True)


def short_names(whatif: WhatIfFigures) -> list[str]:
    """Return the names of the variants without what all but the first share."""
    first, *others = (own.name.split(", ") for own in whatif.variants)
    shared = shared_changes(whatif)
    own = ([part for part in parts if part not in shared] for parts in others)
    names = [", ".join(parts or all_) for parts, all_ in zip(own, others, strict=True)]
    return [", ".join(first), *names]


def shared_changes(whatif: WhatIfFigures) -> list[str]:
    """Return what all variants but the first change alike, which short names omit."""
    others = [own.name.split(", ") for own in whatif.variants[1:]]
    if len(others) < 2:
        return []
    in_all = set.intersection(*map(set, others))
    is_all = any(in_all.issuperset(parts) for parts in others)
    return [] if is_all else [part for part in others[0] if part in in_all]


def variants_csv(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return one row per variant with all its figures, for machines."""
    return pd.DataFrame([_record(*each) for each in compared(whatif)])


def _record(own: VariantFigures, than: VariantDifference | None) -> dict[str, object]:
    interval = than.conversions if than else None
    revenue = than.revenue if than else None
    is_solved = own.status.has_solution
    return {
        "variant": own.name,
        "leads": own.n_leads,
        "assigned": own.n_assigned,
        "unassigned": own.n_leads - own.n_assigned,
        f"{EXPECTED}: conversions": own.conversions,
        f"{EXPECTED}: revenue": own.revenue,
        f"{EXPECTED}: difference": than.estimate if than else None,
        "difference: low": interval.low if interval else None,
        "difference: high": interval.high if interval else None,
        "difference: beyond the uncertainty": than.is_clear if than else None,
        f"{EXPECTED}: difference in revenue": revenue.estimate if revenue else None,
        "difference in revenue: low": revenue.low if revenue else None,
        "difference in revenue: high": revenue.high if revenue else None,
        "objective": own.objective if is_solved else None,
        "objective counts": own.unit,
        "bound": own.bound,
        "status": str(own.status),
        "moved": len(than.moved) if than else 0,
        "reps at work": own.n_at_work,
        "reps with leads": own.n_busy,
        "slots": own.slots,
        "slots used": own.slots_used,
        "gini": own.gini if is_solved else None,
        "least/most per hour": own.min_max if is_solved else None,
        "trained again": own.is_retrained,
        "seconds": own.seconds,
    }


def variants_table(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return one row per variant with the figures that fit a line."""
    rows = []
    for own, than in compared(whatif):
        row = {
            "variant": own.name,
            "assigned": f"{own.n_assigned:,}",
            "unassigned": f"{own.n_leads - own.n_assigned:,}",
            EXPECTED: number(own.conversions),
            "difference": difference_text(than),
        }
        if any(variant.revenue is not None for variant in whatif.variants):
            row["expected revenue"] = number(own.revenue or 0.0)
            row["difference in revenue"] = revenue_text(than)
        slots = "" if own.slots is None else f" of {own.slots:,}"
        row |= {
            "moved": f"{len(than.moved):,}" if than else "",
            "slots used": f"{own.slots_used:,}{slots}",
            "gini": f"{own.gini:.2f}" if own.status.has_solution else "",
            "proof": proof_text(own),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def difference_text(than: VariantDifference | None) -> str:
    """Return a difference with its interval, and whether it says anything."""
    if than is None:
        return ""
    if pd.isna(than.estimate):
        return "no allocation"
    if than.is_same:
        return "none: every lead has the same rep"
    if than.conversions is None:
        return f"{signed(than.estimate)} (another model)"
    return _interval_text(than.conversions)


def revenue_text(than: VariantDifference | None) -> str:
    """Return the same of revenue; "" where it is not compared, or none moved."""
    if than is None or than.revenue is None or than.is_same:
        return ""
    return _interval_text(than.revenue)


def _interval_text(interval: Interval) -> str:
    low, high = signed(interval.low), signed(interval.high)
    text = f"{signed(interval.estimate)} ({low} to {high})"
    return text if is_clear(interval) else f"{text}, {UNCLEAR}"


def signed(value: float) -> str:
    """Return a number with its sign, as people read it."""
    return f"{'-' if value < 0 else '+'}{number(abs(value))}"


def proof_text(own: VariantFigures) -> str:
    """Return how a variant's solve ended, in a word or two."""
    if not own.status.has_solution:
        return reason_text(str(own.status)) if own.status == "infeasible" else "none"
    if own.is_proven:
        return "optimal"
    return "not proven" if pd.isna(own.gap) else f"gap {own.gap:.1%}"


def unassigned_table(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return one row per reason: leads without an owner for it in each variant."""
    codes = {code for own in whatif.variants for code in own.unassigned}
    rows = {
        code: [own.unassigned.get(code, 0) for own in whatif.variants] for code in codes
    }
    ordered = sorted(rows.items(), key=lambda item: (-max(item[1]), item[0]))
    names = short_names(whatif)
    table = pd.DataFrame([counts for _, counts in ordered], columns=names)
    table.insert(0, "unassigned, for", [reason_text(code) for code, _ in ordered])
    return table


def teams_table(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return one row per variant and team."""
    parts = [
        own.teams.assign(variant=own.name)[["variant", *own.teams.columns]]
        for own in whatif.variants
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.rename(columns={"conversions": EXPECTED, "slots_used": "slots used"})


def teams_beside(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return one row per team: leads assigned and their expectation in each variant."""
    columns = [
        pd.Series(
            {
                str(row["team"]): f"{row['assigned']:,} ({number(row['conversions'])})"
                for row in own.teams.to_dict("records")
            },
            dtype=object,
        )
        for own in whatif.variants
    ]
    table = pd.concat(columns, axis=1).fillna("0").sort_index()
    table.columns = pd.Index(short_names(whatif))
    return table.rename_axis("assigned (expected)").reset_index()


def moved_table(whatif: WhatIfFigures, than: VariantDifference) -> pd.DataFrame:
    """Return the leads that moved, with reps by name and id."""
    people = {
        column: [rep_name(rep, whatif.names) or "nobody" for rep in than.moved[column]]
        for column in ("from", "to")
    }
    return than.moved.assign(**people).rename(columns={"lead_id": "lead"})


def untold(whatif: WhatIfFigures) -> list[str]:
    """Return the rules of which it was neither found nor ruled out that they cost."""
    costs = whatif.rule_costs
    nothing = (costs["cost"] <= ROUNDING) & ~costs["proven"].astype(bool)
    return [str(name) for name in costs.loc[nothing, "without"]]


def costs_table(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return what rules cost; what is not proven is at least so much."""
    costs, unsure = whatif.rule_costs, _unsure(whatif)
    costs = costs[~costs["without"].isin(untold(whatif))]
    amounts = [
        f"{'' if proven else unsure}{number(cost) if abs(cost) > ROUNDING else 0}"
        for cost, proven in zip(costs["cost"], costs["proven"], strict=True)
    ]
    return pd.DataFrame(
        {
            "without": costs["without"],
            "the objective gains": amounts,
            "leads more": [f"{n:+,}" for n in costs["leads_held_back"]],
        }
    )


def _unsure(whatif: WhatIfFigures) -> str:
    """Return what stands before a gain that is not proven.

    Of a day that is optimal, whatever is found without a rule is a lower bound.
    """
    proven = pd.concat([whatif.rule_costs["proven"], whatif.growth["proven"]])
    is_optimal = whatif.variants[0].is_proven or bool(proven.any())
    return "at least " if is_optimal else "about "


def growth_rows(whatif: WhatIfFigures) -> pd.DataFrame:
    """Return what one more rep, skill or slot brings, in words."""
    rows = []
    for row in whatif.growth.to_dict("records"):
        who, kind = rep_name(row["rep_id"], whatif.names), row["kind"]
        what = GROWTH_WORDS.get(kind, f"{kind} {row['what']} for")
        anew = pd.notna(row["gain"])
        sure = "" if row["proven"] else _unsure(whatif)
        gain = f"{sure}{number(row['gain'])}" if anew else ""
        rows.append(
            (f"{what} {who}", number(row["estimate"]), gain, _leads(row["leads"]))
        )
    names = ["one more", "by dual prices", "solved anew", "leads more"]
    return pd.DataFrame(rows, columns=names)


def _leads(count: float) -> str:
    return "" if pd.isna(count) else f"{int(count):+,}"

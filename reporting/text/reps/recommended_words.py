"""The best reps for one lead, in sentences, as a table and as JSON."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from reporting.text.layout.layout import aligned, number, table
from reporting.text.reps.recommendation import Recommendation, RecommendedRep
from reporting.text.words.why import barred, expected, is_kept, would_cost


def advice(asked: Recommendation) -> str:
    """Return what to do with the lead, in a sentence or two."""
    if asked.kept:
        return is_kept(asked.kept, asked.owner)
    if not asked.reps:
        return "No rep may have it today: see what forbids it, or wait."
    owner = next((rep for rep in asked.reps if rep.is_owner), None)
    if owner is not None:
        return f"{owner.person} has it. {_beside_owner(asked, owner)}"
    if not asked.free:
        return "No slot is left today with who may have it: keep it for tomorrow's run."
    return _to_the_free(asked)


def _beside_owner(asked: Recommendation, owner: RecommendedRep) -> str:
    best = asked.reps[0]
    if best is owner:
        return "Nobody who may have it is expected to do better."
    if not owner.is_distinguishable:
        return f"The data cannot tell whether {best.person} would do better."
    more = expected(owner.behind, asked.unit)
    return f"With {best.person} it would be {more} more{_in_the_way(best)}."


def _in_the_way(rep: RecommendedRep) -> str:
    return f", but: {'; '.join(rep.obstacles)}" if rep.obstacles else ""


def _to_the_free(asked: Recommendation) -> str:
    best, first = asked.reps[0], asked.free[0]
    also = [rep.person for rep in asked.free[1:] if not rep.is_distinguishable]
    if best.is_free:
        alike = f" As good, as far as data can tell: {', '.join(also)}." if also else ""
        return f"Give it to {first.person}.{alike}"
    why = f"{best.person} is the best, but: {'; '.join(best.obstacles)}."
    if not first.is_distinguishable:
        return f"Give it to {first.person}. {why} The data cannot tell them apart."
    less = expected(first.behind, asked.unit)
    return (
        f"Give it to {first.person}, or keep it for tomorrow's run. {why} Today costs "
        f"{less}."
    )


def rep_sentence_of(rep: RecommendedRep, unit: str) -> str:
    """Return what speaks for and against a rep, in a sentence."""
    parts = [_standing(rep, unit)]
    if rep.excluded_by:
        parts.append(barred(rep.excluded_by))
    parts += [_charged(*charge) for charge in rep.charges]
    parts += [f"in the way today: {text}" for text in rep.obstacles]
    if rep.is_free and rep.slots_left == rep.slots_left:
        parts.append(f"{rep.slots_left:,.0f} free")
    if not math.isnan(rep.forced_cost) and not rep.is_owner:
        parts.append(would_cost(rep.forced_cost, rep.is_proven, unit) + " in the run")
    return f"{rep.person}: {'; '.join(parts)}."


def _charged(rule: str, charge: float) -> str:
    if charge < 0:
        return f"brings {rule} nearer, for {number(-charge)}"
    return f"breaks {rule} for {number(charge)}"


def _standing(rep: RecommendedRep, unit: str) -> str:
    if rep.behind == 0:
        return f"{expected(rep.value, unit)}, the best"
    side = "less" if rep.behind > 0 else "more"
    text = f"{expected(abs(rep.behind), unit)} {side} than with the best"
    if math.isnan(rep.error):
        return f"{text}, how sure is not known"
    return text if rep.is_distinguishable else f"{text}, not distinguishable"


def recommendation_text(asked: Recommendation) -> str:
    """Return the best reps for a lead, for people."""
    head = [("lead", asked.lead_id), ("asked of", asked.source)]
    parts = [aligned([*head, ("advice", advice(asked))])]
    if asked.reps:
        reps = pd.DataFrame([_row(rep) for rep in asked.reps])
        parts.append(table(reps.loc[:, (reps != "").any()]))
    if asked.barred:
        title = (
            "Higher in value, but not allowed:"
            if asked.reps
            else "Who may not have it:"
        )
        rows = [_row(rep) for rep in asked.barred]
        names = ["rep", "P(convert)", "value", "behind the best", "breaks"]
        parts.append(f"{title}\n{table(pd.DataFrame(rows)[names])}")
    prices = [
        f"{rep.person} {number(rep.price)}"
        for rep in asked.reps
        if rep.price == rep.price
    ]
    if prices:
        parts.append(
            "For analysts: dual price of the slot and limits it takes: "
            f"{', '.join(prices)}"
        )
    notes = [f"note: {note}" for note in _notes(asked)]
    return "\n\n".join([*parts, *(["\n".join(notes)] if notes else [])])


def _notes(asked: Recommendation) -> Iterator[str]:
    yield from asked.notes
    if not asked.tells_reps_apart:
        yield "The model takes reps as equal: rules and slots decide, not records."
    elif any(math.isnan(rep.error) for rep in asked.reps):
        yield (
            "The folder is of an older version, without standard errors: differences "
            "may be chance."
        )


def _row(rep: RecommendedRep) -> dict[str, str]:
    left = rep.slots_left
    return {
        "rep": rep.person + (" (has it)" if rep.is_owner else ""),
        "P(convert)": f"{rep.p_convert:.1%}",
        "value": number(rep.value),
        "behind the best": _behind(rep),
        "breaks": _breaks(rep),
        "slots left": "no limit" if math.isnan(left) else f"{left:,.0f}",
        **_of_run(rep),
    }


def _behind(rep: RecommendedRep) -> str:
    if rep.behind == 0 and not rep.error:
        return "the best"
    if math.isnan(rep.error):
        return number(rep.behind)
    interval = f"{number(rep.behind)} ({number(rep.low)} to {number(rep.high)})"
    return interval if rep.is_distinguishable else f"{interval}, not distinguishable"


def _breaks(rep: RecommendedRep) -> str:
    soft = [
        f"{rule}: costs {number(charge)}"
        if charge > 0
        else f"none of {rule}: it comes nearer, which gains {number(-charge)}"
        for rule, charge in rep.charges
    ]
    return "; ".join([*rep.excluded_by, *soft, *rep.obstacles]) or "nothing"


def _of_run(rep: RecommendedRep) -> dict[str, str]:
    """Return what forcing the rep costs the run, where that was solved."""
    if rep.is_owner:
        return {"forcing it loses": "chosen"}
    if math.isnan(rep.forced_cost):
        return {"forcing it loses": ""}
    cost = "impossible" if math.isinf(rep.forced_cost) else number(rep.forced_cost)
    return {"forcing it loses": cost + ("" if rep.is_proven else " (not proven)")}


def recommendation_json(asked: Recommendation) -> dict[str, Any]:
    """Return the same as JSON can hold it: what is not a number is null."""
    return {
        "lead_id": asked.lead_id,
        "asked_of": asked.source,
        "unit": asked.unit,
        "owner": asked.owner,
        "is_kept": asked.kept is not None,
        "sentence": advice(asked),
        "n_eligible": asked.n_eligible,
        "reps": _records(asked.reps, asked.unit),
        "barred": _records(asked.barred, asked.unit),
        "notes": list(_notes(asked)),
    }


def _records(reps: Sequence[RecommendedRep], unit: str) -> list[dict[str, Any]]:
    return [
        {
            "rep_id": rep.rep_id,
            "name": rep.name,
            "team": rep.team,
            "p_convert": rep.p_convert,
            "value": rep.value,
            "behind": rep.behind,
            "low": _finite(rep.low),
            "high": _finite(rep.high),
            "is_distinguishable": rep.is_distinguishable,
            "breaks": [
                *({"rule": rule, "strength": "hard"} for rule in rep.excluded_by),
                *(
                    {"rule": rule, "strength": "soft", "charge": charge}
                    for rule, charge in rep.charges
                ),
            ],
            "in_the_way": list(rep.obstacles),
            "slots_left": _finite(rep.slots_left),
            "is_owner": rep.is_owner,
            "dual_price": _finite(rep.price),
            "forced_cost": _finite(rep.forced_cost),
            "sentence": rep_sentence_of(rep, unit),
        }
        for rep in reps
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

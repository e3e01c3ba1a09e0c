"""Past days under changed rules: text, JSON and CSV."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from crm import shorten
from evaluation import EXPECTED, MEASURED, Interval
from reporting.text.evidence.backtest import backtest_json, backtest_text
from reporting.text.evidence.comparison import EXPECTATION
from reporting.text.layout.json_record import interval_json, record_of
from reporting.text.layout.layout import counted, number, table
from reporting.text.whatif.replay_figures import ReplayedVariant, ReplayFigures
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import reason_text

HEADING = 30
"""Characters of a variant's name above a column."""
FLOWS = 10
"""Ways from rep to rep that the text names; --json has every lead."""
NOBODY = "nobody"
ALONE = (
    "Every day stands by itself, with its own leads and the open books that it had:\n"
    "what a variant leaves unassigned does not wait, and what it assigns fills no\n"
    "book. Reps and rules are those of today, but for the changes."
)
NOT_MEASURED = (
    f"No {MEASURED}: nothing here says what the changed rules would really have won.\n"
    "--measure looks for evidence in the logged outcomes of these days."
)
MEASURED_BY = (
    "By logged outcomes of these days, not by the model: the scenario as it is, and\n"
    "each variant, as policies."
)
IGNORED = {
    "scoring": "the model of the file is used as it is, so scoring changes nothing",
    "history": "models and books of a replay are by history as it is, not as changed",
}
LABELS = {
    "assigned": "assigned",
    "unassigned": "unassigned",
    "conversions": f"expected conversions ({EXPECTED})",
    "value": f"expected revenue ({EXPECTED})",
    "objective": "objective, after penalties",
}


def replay_text(replay: ReplayFigures) -> str:
    """Return what the days would have been, variant by variant, and how sure it is."""
    return "\n\n".join(filter(None, _parts(replay)))


def _parts(replay: ReplayFigures) -> Iterator[str]:
    leads = counted(replay.n_leads, "lead")
    yield (
        f"Replay of {replay.scenario}: {counted(replay.n_days, 'day')} of the "
        f"{replay.source}, {replay.first} to {replay.last}, {leads}"
    )
    yield "\n".join(_changes(replay))
    yield table(_overview(replay))
    for variant in replay.variants[1:]:
        yield (
            f"{variant.name}, against the scenario as it is, over all days:\n"
            + table(_differences(variant))
        )
        yield _flows(variant, replay)
    yield f"Unassigned by reason:\n{table(_reasons(replay))}"
    yield "\n\n".join(replay_notes(replay))
    if replay.evidence is not None:
        yield f"{MEASURED_BY}\n\n{backtest_text(replay.evidence)}"


def _changes(replay: ReplayFigures) -> Iterator[str]:
    for variant in replay.variants[1:]:
        told = "; ".join(variant.sentences) or "nothing changes"
        yield f"{variant.name}: {told}"


def _overview(replay: ReplayFigures) -> pd.DataFrame:
    """Return one row per variant."""
    shows_value = any(variant.unit == "revenue" for variant in replay.variants)
    rows = []
    for variant in replay.variants:
        days = variant.days
        value = days["value"].sum() if variant.unit == "revenue" else float("nan")
        row = {
            "variant": variant.name,
            "assigned": int(days["assigned"].sum()),
            "unassigned": int(days["unassigned"].sum()),
            LABELS["conversions"]: float(days["conversions"].sum()),
            **({LABELS["value"]: float(value)} if shows_value else {}),
            "leads per rep and day": _per_day(variant),
            "most on one day": int(variant.loads["most"].max()),
            "gini": variant.gini,
            "min/max": variant.min_max,
            "leads moved": len(variant.moves),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def _per_day(variant: ReplayedVariant) -> float:
    days = float(variant.loads["days"].sum())
    return float(variant.loads["leads"].sum()) / days if days else 0.0


def _differences(variant: ReplayedVariant) -> pd.DataFrame:
    names = [name for name in variant.differences if _is_shown(name, variant)]
    rows = [(LABELS[name], *_told(variant.differences[name])) for name in names]
    return pd.DataFrame(
        rows, columns=["", "difference", "95 % interval over days", "verdict"]
    )


def _is_shown(name: str, variant: ReplayedVariant) -> bool:
    return name != "value" or variant.unit == "revenue"


def _told(interval: Interval) -> tuple[str, str, str]:
    """Return a difference, its interval, and whether it is more than days vary."""
    difference = f"{'+' if interval.estimate > 0 else ''}{number(interval.estimate)}"
    if interval.high - interval.low == float("inf"):
        return difference, "too few days", ""
    ends = f"{number(interval.low)} to {number(interval.high)}"
    if not interval.high - interval.low and not interval.estimate:
        return difference, ends, "the same on every day"
    is_clear = interval.is_above_zero or interval.is_below_zero
    return difference, ends, "" if is_clear else "within day-to-day variation"


def _flows(variant: ReplayedVariant, replay: ReplayFigures) -> str:
    """Return from whom to whom most leads moved."""
    if variant.moves.empty:
        return "No lead moved."
    pairs = variant.moves.groupby(["before", "after"], sort=True).size()
    most = pairs.sort_values(ascending=False, kind="stable").head(FLOWS).reset_index()
    names = {**replay.names, "": NOBODY}
    rows = pd.DataFrame(
        {
            "from": [_name(rep, names) for rep in most["before"]],
            "to": [_name(rep, names) for rep in most["after"]],
            "leads": most[0].astype(int),
        }
    )
    n_days = variant.moves["day"].nunique()
    head = f"{counted(len(variant.moves), 'lead')} moved on {counted(n_days, 'day')}"
    rest = len(pairs) - len(rows)
    more = f"\nand {rest:,} more ways; --json has every lead" if rest > 0 else ""
    return f"{head}, mostly:\n{table(rows)}{more}"


def _name(rep: str, names: dict[str, str]) -> str:
    return rep_name(rep, names) if rep else NOBODY


def _reasons(replay: ReplayFigures) -> pd.DataFrame:
    codes = dict.fromkeys(code for v in replay.variants for code in v.reasons)
    rows = [
        (reason_text(code), *(v.reasons.get(code, 0) for v in replay.variants))
        for code in codes
    ]
    names = [shorten(variant.name, HEADING) for variant in replay.variants]
    return pd.DataFrame(rows, columns=["reason", *names])


def replay_notes(replay: ReplayFigures) -> Iterator[str]:
    """Yield what the figures are, what they are not, and what was left out."""
    yield _model_note(replay)
    yield ALONE
    if replay.source == "history":
        yield (
            "History has only leads that were assigned: what was left unassigned is\n"
            "not among the leads of its day."
        )
    else:
        assigned = int(replay.variants[0].days["assigned"].sum())
        yield (
            f"The runs of these days assigned {replay.n_leads - replay.n_left:,} of "
            f"{replay.n_leads:,} leads, the replay as it is {assigned:,}:\nbooks are "
            "those that history tells, and what the ledger added on a day (recalls,\n"
            "locks, slots taken, reps switched off) is not replayed."
        )
    for variant in replay.variants:
        if variant.n_unproven:
            yield (
                f"{variant.name}: {counted(variant.n_unproven, 'day')} not proven "
                "optimal within the time limit; solve.time_limit gives more."
            )
        if variant.n_infeasible:
            yield (
                f"{variant.name}: on {counted(variant.n_infeasible, 'day')} the rules "
                "contradict each other, and nothing is assigned."
            )
        yield from (f"{variant.name}: {IGNORED[code]}." for code in variant.ignored)
        if variant.is_retrained:
            yield f"{variant.name} has a model of its own: it changes how it is fitted."
    if replay.has_experiment:
        yield "The scenario's experiment is not drawn: every day is its optimum."
    yield EXPECTATION
    if replay.evidence is None:
        yield NOT_MEASURED


def _model_note(replay: ReplayFigures) -> str:
    model = replay.model
    rows = counted(model.n_rows, "row")
    known = f"history known at {model.as_of:%Y-%m-%d %H:%M}"
    if model.n_days_known:
        return (
            f"THE MODEL KNOWS THE FUTURE: it was fitted on {rows} of {known}, and so\n"
            f"on outcomes of {counted(model.n_days_known, 'day')} of the replay. "
            "Without --model one is\ntrained on what was known before them."
        )
    return f"The model was fitted once, on {rows} of {known}: before all of these days."


def replay_csv(replay: ReplayFigures) -> pd.DataFrame:
    """Return one row per variant and day, as CSV takes them."""
    named = {"conversions": f"{EXPECTED}: conversions", "value": f"{EXPECTED}: value"}
    tables = [
        variant.days.rename(columns=named).assign(
            variant=variant.name, day=variant.days["day"].map(str)
        )
        for variant in replay.variants
    ]
    rows = pd.concat(tables, ignore_index=True)
    return rows[["variant", *(name for name in rows if name != "variant")]]


def replay_json(replay: ReplayFigures) -> dict[str, Any]:
    """Return everything as a record of JSON, every day and every lead that moved."""
    record: dict[str, Any] = record_of(
        {
            "scenario": replay.scenario,
            "source": replay.source,
            "first": str(replay.first),
            "last": str(replay.last),
            "days": replay.n_days,
            "leads": replay.n_leads,
            "left_unassigned_then": replay.n_left,
            "model": {
                **record_of(replay.model),
                "as_of": replay.model.as_of.isoformat(),
            },
            "variants": [_variant_json(variant) for variant in replay.variants],
            "processes": replay.n_processes,
            "notes": list(replay_notes(replay)),
            "evidence": replay.evidence and backtest_json(replay.evidence),
        }
    )
    return record


def _variant_json(variant: ReplayedVariant) -> dict[str, Any]:
    days, moves = variant.days, variant.moves
    return {
        "name": variant.name,
        "changes": list(variant.sentences),
        "unit": variant.unit,
        "assigned": int(days["assigned"].sum()),
        "unassigned": int(days["unassigned"].sum()),
        EXPECTED: {
            "conversions": float(days["conversions"].sum()),
            "value": float(days["value"].sum()),
        },
        "objective": float(days["objective"].sum()),
        "gini": variant.gini,
        "min_max": variant.min_max,
        "unassigned_by_reason": dict(variant.reasons),
        "differences": {
            name: _interval(interval) for name, interval in variant.differences.items()
        },
        "loads": variant.loads.to_dict("records"),
        "days": days.assign(day=days["day"].map(str)).to_dict("records"),
        "moves": moves.assign(day=moves["day"].map(str)).to_dict("records"),
        "days_not_proven": variant.n_unproven,
        "days_infeasible": variant.n_infeasible,
    }


def _interval(interval: Interval) -> dict[str, float | None]:
    record = interval_json(interval) or {}
    return {name: record_of(value) for name, value in record.items()}

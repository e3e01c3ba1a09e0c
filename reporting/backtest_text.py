"""A backtest for people, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from evaluation import EXPECTED, MEASURED, Interval
from evaluation.backtest import VALUE, Backtest, MeasuredPolicy, Need
from reporting.intervals import interval_json
from reporting.off_policy_text import lift_json, value_json
from reporting.text import aligned, counted, number, table

HUNDRED = 100
"""Leads that figures are told of: conversions or revenue per hundred leads."""
NO_EVIDENCE = (
    f"The {EXPECTED} is what the model believes of the leads it chose, not evidence."
)


def backtest_text(tested: Backtest) -> str:
    """Return what was replayed, what it measures, and what to run where it does not."""
    parts = [aligned(list(_head(tested))), table(_rows(tested))]
    parts.append("\n".join([NO_EVIDENCE, *_verdicts(tested)]))
    if not any(_lift(of) for of in tested.policies) and tested.needs:
        parts.append(_needs_text(tested))
    return "\n\n".join(parts)


def backtest_json(tested: Backtest) -> dict[str, Any]:
    """Return the backtest as JSON: what is expected and what is measured, apart."""
    log, found = tested.log, tested.identification
    return {
        "since": tested.since.isoformat(),
        "until": tested.until.isoformat(),
        "days": tested.n_days,
        "leads": tested.n_leads,
        "models_trained": tested.n_trained,
        "baseline": tested.baseline,
        "unit": tested.unit,
        "measured_by": None if log is None else log.source,
        "measuring_leads": 0 if log is None else log.n_leads,
        "left_out": {} if log is None else dict(log.left_out),
        "horizon_days": None if log is None else log.horizon,
        "identification": None if found is None else found.sentence,
        "rules_not_followed": dict(tested.rules_not_followed),
        "policies": [_policy_json(tested, name) for name in tested.expected.index],
        "experiments_that_would_tell": [asdict(need) for need in tested.needs],
    }


def evidence_sentence(tested: Backtest) -> str:
    """Return in a sentence what its measured lifts come from, or why there are none."""
    if tested.log is None:
        found = tested.identification
        return "" if found is None else found.sentence
    leads = counted(tested.log.n_leads, "lead")
    return (
        f"The {MEASURED} over {tested.baseline} is that of {leads} given out from "
        f"{_days(tested)},\nby {tested.log.source}; see rightrep backtest."
    )


def _days(tested: Backtest) -> str:
    return f"{tested.since:%Y-%m-%d} to {tested.until:%Y-%m-%d}"


def _head(tested: Backtest) -> Iterator[tuple[str, str]]:
    leads, days = counted(tested.n_leads, "lead"), counted(tested.n_days, "day")
    yield "replayed", f"{leads} of {days}, {_days(tested)}"
    yield "models", f"{counted(tested.n_trained, 'model')}, each by the past only"
    log = tested.log
    if log is None:
        yield "measured by", "nothing"
    else:
        left = "".join(f", {n:,} {why}" for why, n in log.left_out.items())
        yield "measured by", f"{log.source}: {counted(log.n_leads, 'lead')}{left}"
    if log is not None and log.horizon is not None:
        yield "won", f"within {log.horizon:.0f} days of being given out"
    if tested.identification is not None:
        yield "history", tested.identification.sentence
    for rule, share in tested.rules_not_followed.items():
        yield "rule of today", f"{rule}: {share:.0%} of the leads did not follow it"


def _rows(tested: Backtest) -> pd.DataFrame:
    measured = {of.policy: of for of in tested.policies}
    rows = []
    for policy, expected in tested.expected.items():
        row = {"policy": policy, EXPECTED: HUNDRED * expected}
        of = measured.get(str(policy))
        rows.append(row if of is None else row | _measured_cells(of))
    frame = pd.DataFrame(rows).fillna("")
    unit = f"per {HUNDRED} leads"
    return frame.rename(
        columns={EXPECTED: f"{EXPECTED} {unit}", VALUE: f"{VALUE} {unit}"}
    )


def _measured_cells(of: MeasuredPolicy) -> dict[str, Any]:
    lift = _lift(of)
    return {
        VALUE: _interval(of.value.headline),
        MEASURED: "" if lift is None else lift.percent(),
        "matching": "" if of.matching is None else of.matching.percent(),
        "utilisation": "" if of.utilisation is None else of.utilisation.percent(),
        "given out": f"{of.value.overlap.planned_share:.0%}",
        "effective leads": f"{of.value.overlap.effective_leads:,.0f}",
    }


def _interval(value: Interval | None) -> str:
    if value is None:
        return ""
    low, middle, high = (
        number(HUNDRED * end) for end in (value.low, value.estimate, value.high)
    )
    return f"{middle} ({low} to {high})"


def _verdicts(tested: Backtest) -> Iterator[str]:
    for of in tested.policies:
        if of.lift is None:
            continue
        said = f"{of.policy} against {tested.baseline}: {of.lift.verdict}"
        yield f"{said} ({of.lift.reason})." if of.lift.reason else f"{said}."


def _needs_text(tested: Backtest) -> str:
    half_width = tested.needs[0].half_width
    head = (
        f"To measure a lift to within {HUNDRED * half_width:g} points, give a share of "
        "the leads out by lot\n(`experiment: {control_share: ...}` in the scenario):"
    )
    return f"{head}\n\n{table(pd.DataFrame(map(_need_row, tested.needs)))}"


def _need_row(need: Need) -> dict[str, Any]:
    return {
        "control share": f"{need.control_share:.0%}",
        "leads, arms compared": need.by_arms.leads,
        "weeks, arms compared": need.by_arms.weeks,
        "leads, with propensities": need.by_propensities.leads,
        "weeks, with propensities": need.by_propensities.weeks,
    }


def _lift(of: MeasuredPolicy) -> Interval | None:
    return None if of.lift is None else of.lift.headline


def _policy_json(tested: Backtest, policy: str) -> dict[str, Any]:
    measured = {of.policy: of for of in tested.policies}
    expected = float(tested.expected[policy])
    record: dict[str, Any] = {"policy": policy, EXPECTED: expected}
    of = measured.get(policy)
    if of is None:
        return record
    return record | {
        VALUE: value_json(of.value),
        MEASURED: None if of.lift is None else lift_json(of.lift),
        "matching": interval_json(of.matching),
        "utilisation": interval_json(of.utilisation),
    }

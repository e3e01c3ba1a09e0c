"""A backtest as text and JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from evaluation import EXPECTED, MEASURED, Interval
from evaluation.backtest import VALUE, Backtest, MeasuredPolicy
from evaluation.experiment import ExperimentPlan
from reporting.text.identification import identification_text
from reporting.text.json_record import interval_json
from reporting.text.layout import aligned, counted, number, percent, table
from reporting.text.off_policy import (
    LEFT_OUT_TEXT,
    SOURCE_TEXT,
    VERDICT_TEXT,
    lift_json,
    lift_reason,
    value_json,
)

HUNDRED = 100
"""Figures are conversions or revenue per hundred leads."""
NO_EVIDENCE = (
    f"The {EXPECTED} is what the model predicts of the leads it chose, not evidence."
)


def backtest_text(tested: Backtest) -> str:
    """Return what was replayed, what it measures, and what to run where it does not."""
    parts = [aligned(list(_head(tested))), table(_rows(tested))]
    parts.append("\n".join([NO_EVIDENCE, *_verdicts(tested)]))
    if not tested.lifts and tested.plans:
        parts.append(_plans_text(tested))
    return "\n\n".join(parts)


def backtest_json(tested: Backtest) -> dict[str, Any]:
    """Return the backtest as JSON: what is expected and what is measured, apart."""
    log, queues = tested.log, tested.identification
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
        "identification": None if queues is None else identification_text(queues),
        "rules_not_followed": dict(tested.rules_not_followed),
        "policies": [_policy_json(tested, name) for name in tested.expected.index],
        "experiments_that_would_tell": [asdict(plan) for plan in tested.plans],
    }


def evidence_sentence(tested: Backtest) -> str:
    """Return in a sentence what its measured lifts come from, or why there are none."""
    if tested.log is None:
        queues = tested.identification
        return "" if queues is None else identification_text(queues)
    leads = counted(tested.log.n_leads, "lead")
    return (
        f"The {MEASURED} over {tested.baseline} is that of {leads} assigned from "
        f"{_days(tested)},\nby {SOURCE_TEXT[tested.log.source]}; see rightrep backtest."
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
        left_out = [f", {n:,} {LEFT_OUT_TEXT[why]}" for why, n in log.left_out.items()]
        leads = counted(log.n_leads, "lead")
        yield "measured by", f"{SOURCE_TEXT[log.source]}: {leads}{''.join(left_out)}"
    if log is not None and log.horizon is not None:
        yield "won", f"within {log.horizon:.0f} days of the assignment"
    if tested.identification is not None:
        yield "history", identification_text(tested.identification)
    for rule, share in tested.rules_not_followed.items():
        yield "rule of today", f"{rule}: {share:.0%} of the leads did not follow it"


def _rows(tested: Backtest) -> pd.DataFrame:
    measured = {each.policy: each for each in tested.policies}
    rows = []
    for policy, expected in tested.expected.items():
        row = {"policy": policy, EXPECTED: HUNDRED * expected}
        own = measured.get(str(policy))
        rows.append(row if own is None else row | _measured_cells(own))
    frame = pd.DataFrame(rows).fillna("")
    unit = f"per {HUNDRED} leads"
    return frame.rename(
        columns={EXPECTED: f"{EXPECTED} {unit}", VALUE: f"{VALUE} {unit}"}
    )


def _measured_cells(measured: MeasuredPolicy) -> dict[str, Any]:
    lift = None if measured.lift is None else measured.lift.headline
    return {
        VALUE: _per_hundred(measured.value.headline),
        MEASURED: "" if lift is None else percent(lift),
        "matching": "" if measured.matching is None else percent(measured.matching),
        "utilisation": ""
        if measured.utilisation is None
        else percent(measured.utilisation),
        "assigned": f"{measured.value.overlap.planned_share:.0%}",
        "effective leads": f"{measured.value.overlap.effective_leads:,.0f}",
    }


def _per_hundred(value: Interval | None) -> str:
    if value is None:
        return ""
    low, middle, high = (
        number(HUNDRED * end) for end in (value.low, value.estimate, value.high)
    )
    return f"{middle} ({low} to {high})"


def _verdicts(tested: Backtest) -> Iterator[str]:
    for each in tested.policies:
        if each.lift is None:
            continue
        verdict = VERDICT_TEXT[each.lift.verdict]
        sentence = f"{each.policy} against {tested.baseline}: {verdict}"
        reason = lift_reason(each.lift)
        yield f"{sentence} ({reason})." if reason else f"{sentence}."


def _plans_text(tested: Backtest) -> str:
    half_width = tested.plans[0].half_width
    head = (
        f"To measure a lift to within {HUNDRED * half_width:g} points, randomise the "
        "assignment of a share\nof the leads (`experiment: {control_share: ...}` in "
        "the scenario):"
    )
    return f"{head}\n\n{table(pd.DataFrame(map(_plan_row, tested.plans)))}"


def _plan_row(plan: ExperimentPlan) -> dict[str, Any]:
    return {
        "control share": f"{plan.control_share:.0%}",
        "leads, arms compared": plan.by_arms.leads,
        "weeks, arms compared": plan.by_arms.weeks,
        "leads, with propensities": plan.by_propensities.leads,
        "weeks, with propensities": plan.by_propensities.weeks,
    }


def _policy_json(tested: Backtest, policy: str) -> dict[str, Any]:
    measured = {each.policy: each for each in tested.policies}.get(policy)
    expected = float(tested.expected[policy])
    record: dict[str, Any] = {"policy": policy, EXPECTED: expected}
    if measured is None:
        return record
    return record | {
        VALUE: value_json(measured.value),
        MEASURED: None if measured.lift is None else lift_json(measured.lift),
        "matching": interval_json(measured.matching),
        "utilisation": interval_json(measured.utilisation),
    }

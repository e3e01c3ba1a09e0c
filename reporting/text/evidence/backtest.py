"""A backtest as text and JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from evaluation import EXPECTED, Interval
from evaluation.backtest import Backtest, MeasuredPolicy
from evaluation.experiment import ExperimentPlan
from reporting.text.evidence.identification import identification_text
from reporting.text.evidence.off_policy import (
    ESTIMAND,
    LEFT_OUT_TEXT,
    SOURCE_TEXT,
    lift_json,
    lift_reason,
    value_json,
)
from reporting.text.evidence.verdicts import detectable_text, verdict_text
from reporting.text.layout.json_record import interval_json
from reporting.text.layout.layout import aligned, counted, number, percent, table
from reporting.text.model.lead_sentences import level_sentence
from reporting.text.words.time_limit import cut_short_sentence

HUNDRED = 100
"""Figures are conversions or revenue per hundred leads."""
ANYWAY = f"--expectation replays these days for the {EXPECTED}"
NO_EVIDENCE = (
    f"The {EXPECTED} is what the model predicts of the leads it chose, not evidence."
)


def backtest_text(result: Backtest) -> str:
    """Return what was replayed and measured, and experiments that would tell more."""
    parts = [aligned(list(_head(result)))]
    if len(result.expected):
        parts.append(table(_rows(result)))
    if cut := cut_short_sentence(result.cut_short):
        parts.append(cut)
    if len(result.expected):
        parts.append("\n".join([NO_EVIDENCE, *_estimand(result), *_verdicts(result)]))
    if not result.lifts and result.plans:
        parts.append(_plans_text(result))
    return "\n\n".join(parts)


def backtest_json(result: Backtest) -> dict[str, Any]:
    """Return the backtest as a record of JSON, expectation and measurement apart."""
    log, queues = result.log, result.identification
    cut = cut_short_sentence(result.cut_short)
    return {
        "since": result.since.isoformat(),
        "until": result.until.isoformat(),
        "days": result.n_days,
        "leads": result.n_leads,
        "models_trained": result.n_trained,
        "baseline": result.baseline,
        "unit": result.unit,
        "measured_by": None if log is None else log.source,
        "measuring_leads": 0 if log is None else log.n_leads,
        "left_out": {} if log is None else dict(log.left_out),
        "horizon_days": None if log is None else log.horizon,
        "identification": None if queues is None else identification_text(queues),
        "level": None if result.level is None else asdict(result.level),
        "rules_not_followed": dict(result.rules_not_followed),
        "policies": [_policy_json(result, name) for name in result.expected.index],
        "experiments_that_would_tell": [asdict(plan) for plan in result.plans],
        **({"cut_short": cut} if cut else {}),
    }


def evidence_sentence(result: Backtest) -> str:
    """Return a sentence on the evidence for measured lifts, or why there are none."""
    if result.log is None:
        queues = result.identification
        return "" if queues is None else identification_text(queues)
    leads = counted(result.log.n_leads, "lead")
    return (
        f"The {result.label} over {result.baseline} is that of {leads} assigned from "
        f"{_days(result)},\nby {SOURCE_TEXT[result.log.source]}; see rightrep backtest."
    )


def _days(result: Backtest) -> str:
    return f"{result.since:%Y-%m-%d} to {result.until:%Y-%m-%d}"


def _head(result: Backtest) -> Iterator[tuple[str, str]]:
    leads, days = counted(result.n_leads, "lead"), counted(result.n_days, "day")
    if len(result.expected):
        yield "replayed", f"{leads} of {days}, {_days(result)}"
        yield "models", f"{counted(result.n_trained, 'model')}, each by the past only"
    else:
        yield "leads", f"{leads}, {_days(result)}"
        yield "replayed", f"nothing, as it could not be measured: {ANYWAY}"
    if result.level is not None:
        yield "level", f"{level_sentence(result.level)} (with an average rep)"
    log = result.log
    if log is None:
        yield "measured by", "nothing"
    else:
        left_out = [f", {n:,} {LEFT_OUT_TEXT[why]}" for why, n in log.left_out.items()]
        leads = counted(log.n_leads, "lead")
        yield "measured by", f"{SOURCE_TEXT[log.source]}: {leads}{''.join(left_out)}"
    if log is not None and log.horizon is not None:
        yield "won", f"within {log.horizon:.0f} days of the assignment"
    if result.identification is not None:
        yield "history", identification_text(result.identification)
    for rule, share in result.rules_not_followed.items():
        yield "rule of today", f"{rule}: {share:.0%} of the leads did not follow it"


def _rows(result: Backtest) -> pd.DataFrame:
    by_policy = {measured.policy: measured for measured in result.policies}
    rows = []
    for policy, expected in result.expected.items():
        row = {"policy": policy, EXPECTED: HUNDRED * expected}
        measured = by_policy.get(str(policy))
        rows.append(row | ({} if measured is None else _cells(result, measured)))
    frame = pd.DataFrame(rows).fillna("")
    unit = f"per {HUNDRED} leads"
    labels = EXPECTED, result.value_label
    return frame.rename(columns={label: f"{label} {unit}" for label in labels})


def _cells(result: Backtest, measured: MeasuredPolicy) -> dict[str, Any]:
    lift = None if measured.lift is None else measured.lift.headline
    return {
        result.value_label: _per_hundred(measured.value.headline),
        result.label: "" if lift is None else percent(lift),
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


def _verdicts(result: Backtest) -> Iterator[str]:
    for measured in result.policies:
        if measured.lift is None:
            continue
        lift = measured.lift
        verdict = verdict_text(lift.verdict, lift.source)
        sentence = f"{measured.policy} against {result.baseline}: {verdict}"
        reason = lift_reason(lift)
        if lift.verdict == "no_measurable_lift" and lift.headline is not None:
            reason = f"smallest detectable: {detectable_text(lift.headline)}"
        yield f"{sentence} ({reason})." if reason else f"{sentence}."


def _estimand(result: Backtest) -> Iterator[str]:
    if result.lifts:
        yield f"A {result.label} is {ESTIMAND}."


def _plans_text(result: Backtest) -> str:
    half_width = result.plans[0].half_width
    head = (
        f"To measure a lift to within {HUNDRED * half_width:g} points, randomise the "
        "assignment of a share\nof the leads (`experiment: {control_share: ...}` in "
        "the scenario):"
    )
    return f"{head}\n\n{table(pd.DataFrame(map(_plan_row, result.plans)))}"


def _plan_row(plan: ExperimentPlan) -> dict[str, Any]:
    return {
        "control share": f"{plan.control_share:.0%}",
        "leads, arms compared": plan.by_arms.leads,
        "weeks, arms compared": plan.by_arms.weeks,
        "leads, with propensities": plan.by_propensities.leads,
        "weeks, with propensities": plan.by_propensities.weeks,
    }


def _policy_json(result: Backtest, policy: str) -> dict[str, Any]:
    by_policy = {measured.policy: measured for measured in result.policies}
    measured = by_policy.get(policy)
    expected = float(result.expected[policy])
    record: dict[str, Any] = {"policy": policy, EXPECTED: expected}
    if measured is None:
        return record
    return record | {
        result.value_label: value_json(measured.value),
        result.label: None if measured.lift is None else lift_json(measured.lift),
        f"{result.label}: matching": interval_json(measured.matching),
        f"{result.label}: utilisation": interval_json(measured.utilisation),
    }

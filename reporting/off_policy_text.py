"""Off-policy estimates as text and JSON: figures where there are any, else reasons."""

from dataclasses import asdict
from typing import Any

from evaluation.experiment import ArmLift
from evaluation.interval import Interval
from evaluation.labels import MEASURED
from evaluation.off_policy import LiftEstimate, Log, Overlap, ValueEstimate
from reporting.intervals import interval_json
from reporting.text import aligned, counted, number

OTHERS = {"snips": "self-normalised", "ips": "inverse propensities"}
"""Estimates beside the doubly robust one."""


def log_text(log: Log) -> str:
    """Return which leads count, what of them, and where propensities come from."""
    awaited = "every lead has closed"
    if log.horizon is not None:
        awaited = f"within {log.horizon:.0f} days of being given out"
    lines = [
        ("leads", f"{log.n_leads:,} of {counted(log.n_days, 'day')}"),
        ("outcomes", f"{log.value}, {awaited}"),
        ("propensities", log.source),
    ]
    lines += [("left out", f"{n:,} {reason}") for reason, n in log.left_out.items()]
    return aligned(lines)


def value_text(estimate: ValueEstimate) -> str:
    """Return what a policy would have won per lead, or why that is not known."""
    if estimate.headline is None:
        return f"not identifiable: {estimate.reason}"
    lines = [("won per lead", _plain(estimate.headline))]
    for name, said in OTHERS.items():
        lines.append((said, _plain(getattr(estimate, name))))
    return aligned([*lines, *_overlap_lines(estimate.overlap)])


def lift_text(estimate: LiftEstimate, policy: str, baseline: str) -> str:
    """Return what a policy wins beyond another one, or why that is not known."""
    what = f"{policy} over {baseline}"
    if estimate.headline is None:
        lines = [(MEASURED, f"{what}: not identifiable"), ("reason", estimate.reason)]
        return aligned(lines)
    lines = [(MEASURED, f"{what}: {estimate.headline.percent()}, {estimate.verdict}")]
    for name, said in OTHERS.items():
        lines.append((said, getattr(estimate, name).percent()))
    lines.append(("difference per lead", _plain(estimate.difference)))
    lines += _overlap_lines(estimate.target_overlap)
    return aligned([*lines, ("propensities", estimate.source)])


def arm_text(lift: ArmLift) -> str:
    """Return what an arm's leads won beyond the control arm's, or why not known."""
    what = f"arm {lift.arm} over {lift.control}"
    if lift.lift is None:
        lines = [(MEASURED, f"{what}: not identifiable"), ("reason", lift.reason)]
        return aligned(lines)
    won = f"{lift.n_won:,} of {lift.n_leads:,}"
    control = f"{lift.n_control_won:,} of {lift.n_control:,}"
    return aligned(
        [
            (MEASURED, f"{what}: {lift.lift.percent()}, {lift.verdict}"),
            ("difference per lead", _plain(lift.difference)),
            ("won", f"{won} beside {control}"),
        ]
    )


def value_json(estimate: ValueEstimate) -> dict[str, Any]:
    """Return the estimate as JSON knows it; what is not known is null."""
    others = {name: interval_json(getattr(estimate, name)) for name in OTHERS}
    return {
        "won_per_lead": interval_json(estimate.headline),
        **others,
        **_basis(estimate),
        "overlap": overlap_json(estimate.overlap),
    }


def lift_json(estimate: LiftEstimate) -> dict[str, Any]:
    """Return the estimate as JSON knows it; what is not known is null."""
    others = {name: interval_json(getattr(estimate, name)) for name in OTHERS}
    return {
        MEASURED: interval_json(estimate.headline),
        **others,
        "difference_per_lead": interval_json(estimate.difference),
        "verdict": estimate.verdict,
        **_basis(estimate),
        "overlap": overlap_json(estimate.target_overlap),
        "overlap_of_baseline": overlap_json(estimate.baseline_overlap),
    }


def arm_json(lift: ArmLift) -> dict[str, Any]:
    """Return the comparison of arms as JSON knows it; what is not known is null."""
    counts = {name: of for name, of in asdict(lift).items() if name.startswith("n_")}
    return {
        "arm": lift.arm,
        "control": lift.control,
        MEASURED: interval_json(lift.lift),
        "difference_per_lead": interval_json(lift.difference),
        "verdict": lift.verdict,
        "reason": lift.reason,
        **counts,
    }


def overlap_json(overlap: Overlap) -> dict[str, Any]:
    """Return how far the log has tried a policy, as JSON knows it."""
    return asdict(overlap) | {"mean_weight": interval_json(overlap.mean_weight)}


def _basis(estimate: ValueEstimate | LiftEstimate) -> dict[str, Any]:
    return {
        "reason": estimate.reason,
        "leads": estimate.n_leads,
        "days": estimate.n_days,
        "propensities": estimate.source,
    }


def _overlap_lines(overlap: Overlap) -> list[tuple[str, str]]:
    share = f"{overlap.effective_share:.0%} of those logged"
    return [
        ("log is worth", f"{overlap.effective_leads:,.0f} leads of it ({share})"),
        ("gives out", f"{overlap.planned_share:.0%} of the logged leads"),
    ]


def _plain(interval: Interval | None) -> str:
    if interval is None:
        return "not known"
    low, high = number(interval.low), number(interval.high)
    return f"{number(interval.estimate)} ({low} to {high})"

"""Off-policy estimates as text and JSON: figures where there are any, else reasons."""

from dataclasses import asdict
from typing import Any

from crm import listed
from evaluation.experiment import LEAST_OF_ARM, ArmDoubt, ArmLift
from evaluation.interval import Interval
from evaluation.labels import MEASURED
from evaluation.off_policy import (
    LeftOut,
    LiftEstimate,
    Log,
    OverlapDoubt,
    PolicyOverlap,
    Source,
    ValueEstimate,
    Verdict,
)
from evaluation.off_policy.overlap import LEAST_EFFECTIVE, LEAST_EFFECTIVE_WINS
from reporting.text.json_record import interval_json
from reporting.text.layout import aligned, counted, number, percent

OTHERS = {"snips": "self-normalised", "ips": "inverse propensities"}
"""Estimates beside the doubly robust one."""
MOST_NAMED = 5
VERDICT_TEXT: dict[Verdict, str] = {
    "better": "better",
    "worse": "worse",
    "no_measurable_lift": "no measurable lift",
    "not_identifiable": "not identifiable",
}
SOURCE_TEXT: dict[Source, str] = {
    "logged_propensities": "logged propensities",
    "random_queues": "queues that look random",
}
LEFT_OUT_TEXT: dict[LeftOut, str] = {
    "self_generated": "found by the rep",
    "after_as_of": "assigned later than as_of",
    "outcome_not_final": "whose outcome is not final",
}
OVERLAP_TEXT: dict[OverlapDoubt, str] = {
    "hardly_tried": "the log hardly tried what the policy would do "
    "({0.missing:.0%} of its choices{1})",
    "leads_not_logged": "the propensities do not fit the log: by them it should hold "
    "{2:.0%} more leads; those left unassigned are not in it",
    "propensities_misfit": "the propensities do not fit the log: they say otherwise of "
    "which rep had which lead ({3})",
    "few_effective_leads": "the log tells as much as {0.effective_leads:,.0f} leads of "
    "this policy ({0.effective_share:.1%} of those logged), at least "
    f"{LEAST_EFFECTIVE:.0f} are needed",
    "few_effective_wins": "the estimate hangs on {0.effective_wins:.0f} outcomes, at "
    f"least {LEAST_EFFECTIVE_WINS:.0f} are needed",
    "one_lead": "one lead makes up {0.share_of_one:.0%} of the estimate",
}
ARM_TEXT: dict[ArmDoubt, str] = {
    "few_wins_of_arm": "arm {0.arm} has won {0.n_won} leads, at least "
    f"{LEAST_OF_ARM} are needed",
    "few_wins_of_control": "arm {0.control} has won {0.n_control_won} leads, at least "
    f"{LEAST_OF_ARM} are needed",
    "few_shared_clusters": "too few days and territories have won leads of both arms",
}
NOTHING_WON = "what the baseline wins cannot be told from nothing"


def overlap_reason(overlap: PolicyOverlap) -> str:
    """Return why the log cannot tell a policy's value; empty if it can."""
    if overlap.doubt is None:
        return ""
    named = listed(overlap.untried, MOST_NAMED)
    never = f"; it never assigned a lead to {named}" if named else ""
    more, misfit = overlap.mean_weight.estimate - 1, listed(overlap.misfit, MOST_NAMED)
    return OVERLAP_TEXT[overlap.doubt].format(overlap, never, more, misfit)


def lift_reason(estimate: LiftEstimate) -> str:
    """Return why the log cannot compare two policies; empty if it can."""
    if estimate.headline is not None:
        return ""
    overlaps = estimate.target_overlap, estimate.baseline_overlap
    for name, overlap in zip(("policy", "baseline"), overlaps, strict=True):
        if overlap.doubt is not None:
            return f"of the {name}, {overlap_reason(overlap)}"
    return NOTHING_WON


def log_text(log: Log) -> str:
    """Return which leads count, what of them, and where propensities come from."""
    awaited = "every lead has closed"
    if log.horizon is not None:
        awaited = f"within {log.horizon:.0f} days of the assignment"
    lines = [
        ("leads", f"{log.n_leads:,} of {counted(log.n_days, 'day')}"),
        ("outcomes", f"{log.value}, {awaited}"),
        ("propensities", SOURCE_TEXT[log.source]),
    ]
    for reason, n in log.left_out.items():
        lines.append(("left out", f"{n:,} {LEFT_OUT_TEXT[reason]}"))
    return aligned(lines)


def value_text(estimate: ValueEstimate) -> str:
    """Return what a policy would have won per lead, or why that is not known."""
    if estimate.headline is None:
        return f"not identifiable: {overlap_reason(estimate.overlap)}"
    lines = [("won per lead", _plain(estimate.headline))]
    for name, label in OTHERS.items():
        lines.append((label, _plain(getattr(estimate, name))))
    return aligned([*lines, *_overlap_lines(estimate.overlap)])


def lift_text(estimate: LiftEstimate, policy: str, baseline: str) -> str:
    """Return what a policy wins beyond another one, or why that is not known."""
    what = f"{policy} over {baseline}"
    if estimate.headline is None:
        reason = ("reason", lift_reason(estimate))
        return aligned([(MEASURED, f"{what}: not identifiable"), reason])
    verdict = VERDICT_TEXT[estimate.verdict]
    lines = [(MEASURED, f"{what}: {percent(estimate.headline)}, {verdict}")]
    for name, label in OTHERS.items():
        lines.append((label, percent(getattr(estimate, name))))
    lines.append(("difference per lead", _plain(estimate.difference)))
    lines += _overlap_lines(estimate.target_overlap)
    return aligned([*lines, ("propensities", SOURCE_TEXT[estimate.source])])


def arm_text(lift: ArmLift) -> str:
    """Return what an arm's leads won beyond the control arm's, or why not known."""
    what = f"arm {lift.arm} over {lift.control}"
    if lift.lift is None:
        reason = ("reason", _arm_reason(lift))
        return aligned([(MEASURED, f"{what}: not identifiable"), reason])
    won = f"{lift.n_won:,} of {lift.n_leads:,}"
    control = f"{lift.n_control_won:,} of {lift.n_control:,}"
    verdict = VERDICT_TEXT[lift.verdict]
    return aligned(
        [
            (MEASURED, f"{what}: {percent(lift.lift)}, {verdict}"),
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
        **_basis(estimate, overlap_reason(estimate.overlap)),
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
        **_basis(estimate, lift_reason(estimate)),
        "overlap": overlap_json(estimate.target_overlap),
        "overlap_of_baseline": overlap_json(estimate.baseline_overlap),
    }


def arm_json(lift: ArmLift) -> dict[str, Any]:
    """Return the comparison of arms as JSON knows it; what is not known is null."""
    fields = asdict(lift).items()
    return {
        "arm": lift.arm,
        "control": lift.control,
        MEASURED: interval_json(lift.lift),
        "difference_per_lead": interval_json(lift.difference),
        "verdict": lift.verdict,
        "reason": _arm_reason(lift),
        **{name: count for name, count in fields if name.startswith("n_")},
    }


def overlap_json(overlap: PolicyOverlap) -> dict[str, Any]:
    """Return how far the log has tried a policy, as JSON knows it."""
    return asdict(overlap) | {"mean_weight": interval_json(overlap.mean_weight)}


def _arm_reason(lift: ArmLift) -> str:
    return "" if lift.doubt is None else ARM_TEXT[lift.doubt].format(lift)


def _basis(estimate: ValueEstimate | LiftEstimate, reason: str) -> dict[str, Any]:
    return {
        "reason": reason,
        "leads": estimate.n_leads,
        "days": estimate.n_days,
        "propensities": estimate.source,
    }


def _overlap_lines(overlap: PolicyOverlap) -> list[tuple[str, str]]:
    share = f"{overlap.effective_share:.0%} of those logged"
    return [
        ("effective leads", f"{overlap.effective_leads:,.0f} ({share})"),
        ("assigns", f"{overlap.planned_share:.0%} of the logged leads"),
    ]


def _plain(interval: Interval | None) -> str:
    if interval is None:
        return "not known"
    low, high = number(interval.low), number(interval.high)
    return f"{number(interval.estimate)} ({low} to {high})"

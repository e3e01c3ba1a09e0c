"""Off-policy estimates as text and JSON: figures where there are any, else reasons."""

from dataclasses import asdict
from typing import Any

from crm import listed
from evaluation.off_policy import (
    LeftOut,
    LiftEstimate,
    Log,
    OverlapDoubt,
    PolicyOverlap,
    Source,
    ValueEstimate,
)
from evaluation.off_policy.overlap import LEAST_EFFECTIVE, LEAST_EFFECTIVE_WINS
from reporting.text.evidence.verdicts import (
    detectable_line,
    lift_label,
    verdict_code,
    verdict_text,
)
from reporting.text.layout.json_record import interval_json
from reporting.text.layout.layout import aligned, counted, number_interval, percent

OTHERS = {"snips": "self-normalised", "ips": "inverse propensities"}
"""Estimates beside the doubly robust one."""
MOST_NAMED = 5
SOURCE_TEXT: dict[Source, str] = {
    "logged_propensities": "logged propensities",
    "random_queues": "assumed, for queues that look random",
}
LEFT_OUT_TEXT: dict[LeftOut, str] = {
    "self_generated": "found by the rep",
    "before_propensities": "assigned before the first propensity",
    "after_propensities": "assigned after the last propensity",
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
ESTIMAND = (
    "wins per logged lead, had each policy decided; a lead that it leaves unassigned "
    "counts as not won"
)
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
    lines = [("won per lead", number_interval(estimate.headline))]
    for name, label in OTHERS.items():
        lines.append((label, number_interval(getattr(estimate, name))))
    return aligned([*lines, *_overlap_lines(estimate.overlap)])


def lift_text(estimate: LiftEstimate, policy: str, baseline: str) -> str:
    """Return what a policy wins beyond another one, or why that is not known."""
    what, label = f"{policy} over {baseline}", lift_label(estimate.source)
    if estimate.headline is None:
        reason = ("reason", lift_reason(estimate))
        return aligned([(label, f"{what}: not identifiable"), reason])
    verdict = verdict_text(estimate.verdict, estimate.source)
    lines = [(label, f"{what}: {percent(estimate.headline)}, {verdict}")]
    lines += [*detectable_line(estimate.headline), ("is", ESTIMAND)]
    for name, label in OTHERS.items():
        lines.append((label, percent(getattr(estimate, name))))
    lines.append(("difference per lead", number_interval(estimate.difference)))
    lines += _overlap_lines(estimate.target_overlap)
    return aligned([*lines, ("propensities", SOURCE_TEXT[estimate.source])])


def value_json(estimate: ValueEstimate) -> dict[str, Any]:
    """Return the estimate as a record of JSON; what is not known is null."""
    kind, _ = lift_label(estimate.source).split()
    others = {f"{kind}_won_per_lead_{n}": _interval(estimate, n) for n in OTHERS}
    return {
        f"{kind}_won_per_lead": interval_json(estimate.headline),
        **others,
        **_basis(estimate, overlap_reason(estimate.overlap)),
        "overlap": overlap_json(estimate.overlap),
    }


def lift_json(estimate: LiftEstimate) -> dict[str, Any]:
    """Return the estimate as a record of JSON; what is not known is null."""
    label, headline = lift_label(estimate.source), estimate.headline
    others = {f"{label}_{n}": _interval(estimate, n) for n in OTHERS}
    kind, _ = label.split()
    return {
        label: interval_json(headline),
        **others,
        f"{kind}_difference_per_lead": interval_json(estimate.difference),
        "estimand": ESTIMAND,
        "verdict": verdict_code(estimate.verdict, estimate.source),
        "smallest_detectable_lift": headline and headline.smallest_detectable,
        **_basis(estimate, lift_reason(estimate)),
        "overlap": overlap_json(estimate.target_overlap),
        "overlap_of_baseline": overlap_json(estimate.baseline_overlap),
    }


def overlap_json(overlap: PolicyOverlap) -> dict[str, Any]:
    """Return how far the log has tried a policy, as a record of JSON."""
    return asdict(overlap) | {"mean_weight": interval_json(overlap.mean_weight)}


def _interval(estimate: ValueEstimate | LiftEstimate, name: str) -> Any:
    return interval_json(getattr(estimate, name))


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

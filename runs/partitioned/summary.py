"""A run in partitions in a few lines, and the caveats beside them."""

from evaluation.labels import EXPECTED
from reporting import counted, reason_text
from runs.partitioned.job import PartitionedRun


def summary_of_partitions(run: PartitionedRun) -> list[tuple[str, str]]:
    """Return pairs of label and value."""
    scenario, decision = run.day.file.scenario, run.decision
    return [
        ("scenario", f"{scenario.name}, {run.as_of:%Y-%m-%d %H:%M} {run.as_of.tzinfo}"),
        (
            "leads",
            f"{run.n_leads:,}: {run.n_assigned:,} assigned, "
            f"{run.n_leads - run.n_assigned:,} unassigned; in "
            f"{counted(len(run.assigned), 'partition')}",
        ),
        ("unassigned", _reasons(run)),
        (EXPECTED, _expectation(run)),
        (
            "proof",
            f"{decision.status}: objective {decision.objective:.6g}, bound "
            f"{decision.bound:.6g}, gap {decision.gap:.2g}",
        ),
        ("pace", _pace(run)),
    ]


def notes_of_partitions(run: PartitionedRun) -> list[str]:
    """Return the caveats of the figures."""
    resumed = (
        [f"{run.n_known:,} of {len(run.assigned):,} partitions were scored before."]
        if run.n_known
        else []
    )
    return [
        *resumed,
        f"The {EXPECTED} is what the model predicts of the leads it chose. It is not "
        "evidence that this allocation wins more than another would.",
        "Every hard rule was verified against the result without the solver.",
        "A day in partitions has no rule costs and no report.html.",
    ]


def _reasons(run: PartitionedRun) -> str:
    counts = sorted(run.reasons.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{n:,} {reason_text(code)}" for code, n in counts) or "none"


def _expectation(run: PartitionedRun) -> str:
    conversions = sum(each.p_convert for each in run.assigned)
    text = f"{conversions:,.0f} conversions"
    if run.day.file.scenario.objective.maximise == "conversions":
        return text
    value = sum(each.value for each in run.assigned)
    return f"{text}, {value:,.0f} revenue after penalties"


def _pace(run: PartitionedRun) -> str:
    seconds = run.seconds
    return ", ".join(f"{name} in {spent:,.1f} s" for name, spent in seconds.items())

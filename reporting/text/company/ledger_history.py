"""How a company's scenario changed: who, when, what, and what the runs recorded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.text.layout.layout import number

NO_CAUSE = (
    "Figures are those that the two runs recorded. Leads and reps differ from day to "
    "day, too, so a difference is no measurement of what the change did."
)
_LABELS = {
    "n_leads": "leads",
    "n_assigned": "assigned",
    "n_kept": "kept",
    "n_unassigned": "unassigned",
    "objective": "objective",
}


def scenario_log_text(changes: Sequence[Mapping[str, Any]]) -> str:
    """Return each change of a scenario as a block, the newest at the end.

    Parameters
    ----------
    changes
        Each with scenario, run_id, as_of, actor, diff, figures, before, previous.
    """
    if not changes:
        return "No run has recorded a scenario yet."
    blocks = [_block(change) for change in changes]
    is_compared = any(change["before"] is not None for change in changes)
    return "\n\n".join([*blocks, NO_CAUSE] if is_compared else blocks)


def _block(change: Mapping[str, Any]) -> str:
    who = change["actor"] or "somebody unknown"
    run = f"run {change['run_id']} by {who}, {change['day']}"
    if change["before"] is None:
        lines = f"{len(change['diff'])} lines" if change["diff"] else "no text"
        return f"{change['scenario']}: first used by {run} ({lines})"
    moved = ", ".join(_moved(change["figures"], change["before"]))
    head = f"{change['scenario']}: changed, first used by {run}"
    figures = f"  run before {change['previous']} -> this run: {moved}"
    return "\n".join([head, *(f"  {line}" for line in change["diff"]), figures])


def _moved(figures: Mapping[str, Any], before: Mapping[str, Any]) -> Iterable[str]:
    for name, label in _LABELS.items():
        old, new = _shown(name, before[name]), _shown(name, figures[name])
        yield f"{label} {old} -> {new}"


def _shown(name: str, figure: Any) -> str:
    if figure is None:
        return "none"
    return number(float(figure)) if name == "objective" else f"{figure:,}"

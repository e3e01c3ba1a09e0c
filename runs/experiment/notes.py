"""What a run says of its experiment: in a line, in notes, and in the manifest."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from evaluation import EXPECTED
from reporting import counted
from runs.run import Run
from scoring.card.json_record import record_of
from solver.randomised import unnested_rules


def experiment_line(run: Run) -> Iterator[tuple[str, str]]:
    """Yield what was left to the lot."""
    asked, drawn = run.file.scenario.experiment, run.drawn
    if asked is None or drawn is None:
        return
    said = []
    if asked.control_share:
        leads = counted(drawn.n_eligible, "lead")
        said.append(
            f"{drawn.n_control:,} of {leads} by {asked.control_policy}, the control "
            f"arm (share {asked.control_share:.4g})"
        )
    if asked.max_pair_probability:
        said.append(f"no pair likelier than {asked.max_pair_probability:.4g}")
    if np.isfinite(drawn.part_kept):
        said.append(
            f"keeps {drawn.part_kept:.1%} of the optimum's objective on average "
            f"({EXPECTED})"
        )
    yield "experiment", "; ".join(said)


def experiment_notes(run: Run) -> Iterator[str]:
    """Yield what a reader must know of a day that was drawn by lot."""
    if run.drawn is None:
        return
    yield (
        "This day was drawn by lot: lottery.csv has every probability, optimum.csv "
        "what had been given out otherwise. Prices and rule costs are the optimum's."
    )
    if run.drawn.lottery.design == "day":
        rules = ", ".join(unnested_rules(run.scored.day.problem))
        yield (
            "The whole day is in one arm, since these rules tie leads together: "
            f"{rules}. It takes many days to measure."
        )


def experiment_record(run: Run) -> dict[str, Any] | None:
    """Return what the manifest tells of the experiment; None without one.

    Figures are the model's expectations but for counts and probabilities.
    """
    asked, drawn = run.file.scenario.experiment, run.drawn
    if asked is None or drawn is None:
        return None
    return {
        "design": drawn.lottery.design,
        **asked.model_dump(),
        "control_draws": len(drawn.lottery.control),
        "n_control": drawn.n_control,
        "n_eligible": drawn.n_eligible,
        "optimum": {
            "status": str(drawn.optimum.status),
            "objective": record_of(drawn.optimum.objective),
        },
        "model_expectation_kept": record_of(drawn.part_kept),
    }

"""A run in about ten lines, and what must honestly be said beside it."""

from reporting import run_lines, run_notes
from runs.job.model_notes import model_notes
from runs.job.run import Run


def summary(run: Run) -> list[tuple[str, str]]:
    """Return about ten pairs of label and value."""
    return run_lines(run.figures)


def notes(run: Run) -> list[str]:
    """Return what a reader must know before trusting the figures."""
    if not run.result.status.has_solution:
        return run_notes(run.figures)
    return [*run_notes(run.figures), *model_notes(run)]

"""What an experiment measured, in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evaluation.labels import MEASURED
from reporting.text.evidence.arms import arm_reason
from reporting.text.evidence.verdicts import detectable_text, verdict_text
from reporting.text.layout.layout import percent

if TYPE_CHECKING:
    from evaluation.experiment import ArmLift


def lift_sentences(lift: "ArmLift | None", doubt: str, n_days: int) -> Iterator[str]:
    """Yield what the optimal arm won beyond control, or why that is not known.

    Parameters
    ----------
    lift, doubt
        As :func:`runs.kpi.lift.lift_of` has them.
    n_days
        Days before the run that count.
    """
    days = f"in the {n_days} days before this run"
    if lift is None:
        yield f"No {MEASURED} {days}: {doubt or 'no lead was drawn for a control arm'}."
        return
    arms = f"arm {lift.arm} over {lift.control}"
    if lift.lift is None:
        why = f"not identifiable: {arm_reason(lift)}"
        yield f"{MEASURED.capitalize()} of {arms}: {why}."
        return
    yield (
        f"{MEASURED.capitalize()} of {arms} {days}, with its 95 % interval: "
        f"{percent(lift.lift)}, {verdict_text(lift.verdict)}."
    )
    yield f"The smallest detectable lift: {detectable_text(lift.lift)}."

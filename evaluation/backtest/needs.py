"""What to run where history cannot tell: a control share, for so many weeks."""

from collections.abc import Iterator

import pandas as pd

from evaluation.backtest.result import Need
from evaluation.experiment import needed

CONTROL_SHARES = (0.1, 0.2, 0.3)
WEEK = pd.Timedelta(weeks=1)


def experiments(rows: pd.DataFrame, n_reps: float, half_width: float) -> Iterator[Need]:
    """Yield what each control share takes to measure a lift to within `half_width`.

    Parameters
    ----------
    rows
        Leads as they were given out, (n_rows,); the closed ones tell how many are
        won, and all of them how many come in a week.
    n_reps
        Reps eligible for a lead, on average.
    half_width
        Of the 95 % interval, as a relative lift: 0.1 is ten points.
    """
    closed = rows[rows["outcome"] != "open"]
    base_rate = float((closed["outcome"] == "won").mean())
    passed = rows["assigned_at"].max() - rows["assigned_at"].min()
    per_week = len(rows) / max(passed / WEEK, 1 / 7)
    if not 0 < base_rate < 1:
        return
    for share in CONTROL_SHARES:
        asked = (base_rate, share, per_week, half_width)
        yield Need(
            control_share=share,
            half_width=half_width,
            by_arms=needed(*asked),
            by_propensities=needed(*asked, n_reps=max(2, round(n_reps))),
        )

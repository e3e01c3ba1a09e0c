"""The lottery of a run folder held against what was given out."""

import math
from collections import defaultdict
from collections.abc import Iterator

from runs.experiment.tables import LEFT_OVER
from runs.reopening import Reopened, Rows
from solver.randomised import CONTROL, OPTIMAL

NOTHING = 1e-9
NOBODY = {"rep_id": LEFT_OVER}


def lottery_problems(run: Reopened, assigned: Rows) -> Iterator[str]:
    """Yield a sentence for each arm or propensity that cannot be right.

    Parameters
    ----------
    assigned
        Rows of ``assignments.csv``.
    """
    if run.manifest.experiment is None:
        yield from _without_lot(assigned)
        return
    columns = "lead_id", "rep_id", "arm", "probability", "drawn"
    tickets = run.rows("lottery.csv", *columns)
    yield from _sums(run, tickets)
    yield from _drawn(run, tickets, assigned)


def _without_lot(assigned: Rows) -> Iterator[str]:
    for row in assigned:
        if (row["arm"], row["propensity"]) != (OPTIMAL, "1"):
            yield f"lead {row['lead_id']}: nothing was drawn, yet it has an arm"


def _sums(run: Reopened, tickets: Rows) -> Iterator[str]:
    """Yield the leads whose probabilities do not sum to the share of each arm."""
    assert run.manifest.experiment is not None
    share = run.manifest.experiment.control_share
    total: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in tickets:
        total[row["lead_id"], row["arm"]] += _probability(row)
    for lead_id in run.crm.leads["lead_id"]:
        for arm, expected in ((OPTIMAL, 1 - share), (CONTROL, share)):
            found = total.pop((lead_id, arm), 0.0)
            if not _same(found, expected):
                yield (
                    f"lead {lead_id}: the probabilities of arm {arm} sum to "
                    f"{found:g}, not {expected:g}"
                )
    for lead_id, arm in total:
        yield f"lottery.csv has lead {lead_id} in arm {arm}, which there is not"


def _drawn(run: Reopened, tickets: Rows, assigned: Rows) -> Iterator[str]:
    """Yield the leads that were not given out as drawn, or not as likely as said."""
    given = {row["lead_id"]: row for row in assigned}
    drawn: defaultdict[str, Rows] = defaultdict(list)
    likely: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in tickets:
        likely[row["lead_id"], row["rep_id"]] += _probability(row)
        if row["drawn"] == "true":
            drawn[row["lead_id"]].append(row)
    for lead_id in run.crm.leads["lead_id"]:
        if len(drawn[lead_id]) != 1:
            yield f"lead {lead_id} was drawn {len(drawn[lead_id])} times"
            continue
        [ticket], row = drawn[lead_id], given.get(lead_id, NOBODY)
        if row["rep_id"] != ticket["rep_id"]:
            yield f"lead {lead_id} was drawn for {ticket['rep_id'] or 'nobody'}"
        elif row is not NOBODY:
            yield from _as_said(row, ticket["arm"], likely[lead_id, row["rep_id"]])


def _as_said(row: dict[str, str], arm: str, likely: float) -> Iterator[str]:
    if row["arm"] != arm:
        yield f"lead {row['lead_id']} was drawn for arm {arm}"
    if not _same(_number(row["propensity"]), likely):
        yield f"lead {row['lead_id']}: its propensity is not that of lottery.csv"


def _probability(row: dict[str, str]) -> float:
    """Return a ticket's probability, NaN where it is none."""
    number = _number(row["probability"])
    return number if 0 < number <= 1 else math.nan


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _same(found: float, expected: float) -> bool:
    return math.isclose(found, expected, abs_tol=NOTHING)

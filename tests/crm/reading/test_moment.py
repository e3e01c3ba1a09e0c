"""The newest lead decides the moment, but for few that are far later than all else."""

import numpy as np
import pytest

from crm.reading.moment import guessed_moment
from crm.reading.typed_columns import typed
from crm.schema import TABLES
from crm.table import Table, text_frame

DAY = ["2026-09-07T08:00:00Z", "2026-09-07T09:30:00Z", "2026-09-06"]
HISTORY = [
    f"2026-0{month}-{day:02}" for month in range(3, 9) for day in range(1, 29, 5)
]


def table(name, columns):
    rows = np.arange(len(next(iter(columns.values()))))
    frame = text_frame(list(columns), columns.values())
    return typed(Table(name, frame, rows), TABLES[name])[0]


def guessed(leads, history=()):
    """Return the moment and the number of leads that do not count."""
    tables = {"leads": table("leads", {"created_at": leads})}
    if history:
        tables["history"] = table("history", {"assigned_at": list(history)})
    guess = guessed_moment(tables)
    return f"{guess.moment:%Y-%m-%d %H:%M}", guess.n_far


@pytest.mark.parametrize("far", ["2062-09-07", "2027-09-07", "2026-12-07"])
def test_one_lead_far_from_all_others(far):
    """A year or a month mistyped does not move the day."""
    assert guessed([*DAY, far]) == ("2026-09-07 09:30", 1)
    assert guessed([*DAY, far, "2019-01-01"], HISTORY) == ("2026-09-07 09:30", 1)


@pytest.mark.parametrize(
    ("leads", "history"),
    [
        (DAY, []),
        (DAY, HISTORY),
        (["2019-02-28", "2024-02-29", *DAY[:2]], []),
        (["2019-02-28", "2024-02-29", *DAY[:2]], HISTORY),
        (["2019-02-28", "2024-02-29", "2025-03-29", DAY[1]], []),
        (["2019-02-28", DAY[1]], []),
        ([DAY[1]], [f"2026-06-{day:02}" for day in range(1, 29)]),
        (DAY, [f"2024-06-{day:02}" for day in range(1, 29)]),
    ],
)
def test_the_newest_lead_decides(leads, history):
    """However old others are, and however old history is where leads agree."""
    assert guessed(leads, history) == ("2026-09-07 09:30", 0)


def test_a_lone_lead_far_from_history():
    """The newest row of history decides."""
    assert guessed(["2062-09-07"], HISTORY) == ("2026-08-26 00:00", 1)

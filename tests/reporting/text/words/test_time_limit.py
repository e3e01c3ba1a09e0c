"""What the time limit kept from a run is told, and no other reason is put on it."""

import pandas as pd

from reporting import cut_short_of_run

COSTS = pd.DataFrame({"rule": ["territory"], "proven": [False]})


def test_a_cost_that_could_not_be_proven_in_time():
    """With its name and the limit."""
    (told,) = cut_short_of_run(COSTS, [], 60.0, is_two_level=False)
    assert told.endswith("proven within the time limit of 60 s: territory")


def test_two_levels_prove_no_cost_however_long_they_take():
    """So that time is not what was missing."""
    assert cut_short_of_run(COSTS, [], 60.0, is_two_level=True) == []

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evaluation import PRESETS, Truth, draw_world

LOGITS = st.floats(-5, 5)


def tiny() -> Truth:
    return Truth(
        leads=pd.Index(["a", "b"], dtype=object),
        reps=pd.Index(["x", "y"], dtype=object),
        lead_logit=np.array([0.0, 1.0]),
        rep_effect=np.array([0.0, -1.0]),
        lead_factors=np.array([[1.0], [0.0]]),
        rep_factors=np.array([[np.log(3.0)], [0.0]]),
    )


def test_probability_by_hand() -> None:
    """Logits ln 3, 0 and 1 are probabilities 3/4, 1/2 and e/(1 + e)."""
    found = tiny().probability(["a", "b", "b"], ["x", "y", "x"])
    assert found == pytest.approx([0.75, 0.5, np.e / (1 + np.e)])


def test_no_pair_has_no_probability() -> None:
    """Asking about nothing gives an empty array."""
    assert tiny().probability([], []).shape == (0,)


@pytest.mark.parametrize(
    ("leads", "reps", "message"),
    [
        (["a", "c"], ["x", "x"], "lead 'c' is not in this world"),
        (["a"], ["z"], "rep 'z' is not in this world"),
        (["a", "b"], ["x"], "2 leads for 1 reps"),
    ],
)
def test_unknown_pairs_are_refused(
    leads: list[str], reps: list[str], message: str
) -> None:
    """The first id that is unknown is named."""
    with pytest.raises(ValueError, match=message):
        tiny().probability(leads, reps)


@given(hnp.arrays(np.float64, 3, elements=LOGITS), LOGITS)
def test_better_rep_is_better_for_every_lead(lead: np.ndarray, rep: float) -> None:
    """Without factors, the order of two reps is the same for every lead."""
    truth = Truth(
        leads=pd.Index(["a", "b", "c"], dtype=object),
        reps=pd.Index(["x", "y"], dtype=object),
        lead_logit=lead,
        rep_effect=np.array([rep, rep + 0.5]),
        lead_factors=np.zeros((3, 0)),
        rep_factors=np.zeros((2, 0)),
    )
    worse = truth.probability(["a", "b", "c"], ["x"] * 3)
    better = truth.probability(["a", "b", "c"], ["y"] * 3)
    assert ((worse > 0) & (worse < better) & (better < 1)).all()


def test_every_pair_of_the_demo_has_a_probability() -> None:
    """The demo's truth knows all of the day's leads and reps, and they differ."""
    world = draw_world(PRESETS["demo"], seed=0)
    leads = world.leads(140)
    truth, ids = world.truth(leads), leads["lead_id"].tolist()
    table = np.array([truth.probability(ids, [r] * 140) for r in world.reps["rep_id"]])
    assert table.shape == (16, 140)
    assert 0.1 < table.mean() < 0.25
    assert table.mean(axis=1).std() > 0.02

import numpy as np

from reporting.text.layout.json_record import record_of


def test_what_is_not_finite_is_none():
    """JSON knows neither infinity nor NaN."""
    found = record_of({"a": [np.inf, 1.0], "b": (float("nan"),)})
    assert found == {"a": [None, 1.0], "b": [None]}

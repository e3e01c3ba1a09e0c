"""Many cases of one test, of which a few run by default, and the others as slow."""

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], most: int) -> list[Any]:
    """Return the cases as parameters, all but some of them marked as slow.

    Parameters
    ----------
    cases
        Values of one parameter, or of several as `pytest.param`.
    most
        How many are not; they lie at even distances.
    """
    listed = list(cases)
    step = max(len(listed) / most, 1.0)
    quick = {int(step * place) for place in range(most)}
    return [
        case if place in quick else _slow(case) for place, case in enumerate(listed)
    ]


def _slow(case: Any) -> Any:
    if hasattr(case, "marks"):
        marks = [*case.marks, pytest.mark.slow]
        return pytest.param(*case.values, marks=marks, id=case.id)
    return pytest.param(case, marks=pytest.mark.slow)

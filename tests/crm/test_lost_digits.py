"""Ids without their last digits are refused, whatever file they are from."""

import pytest

from crm import DataError


@pytest.mark.parametrize("rounded", ["1.23E+15", "1.234567890123457e+16", "1,2E+15"])
def test_rounded_ids_are_refused(read, rounded):
    """The message names row and way out; other columns may hold such a number."""
    leads = f'''lead_id,created_at,size
"{rounded}",2026-09-01,1
L2,2026-09-01,1.5E+3
'''
    with pytest.raises(DataError, match=r"row 2, column lead_id.*export .* as text"):
        read(leads=leads)


def test_ids_that_look_like_it_are_read(read):
    """An id may have an E between digits."""
    crm, _ = read(leads="lead_id,created_at\n12E45,2026-09-01\nC++,2026-09-01\n")
    assert crm.leads["lead_id"].tolist() == ["12E45", "C++"]

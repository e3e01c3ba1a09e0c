"""Everything that is checked once the tables are typed."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm.checks.chronology import chronology_issues
from crm.checks.coverage import coverage_issues
from crm.checks.integrity import integrity_issues
from crm.issues import Issue
from crm.table import Table


def table_issues(
    tables: Mapping[str, Table],
    given: Mapping[str, frozenset[str]],
    as_of: pd.Timestamp | None,
) -> Iterator[Issue]:
    """Yield what is wrong within and between the tables that could be read.

    Parameters
    ----------
    tables
        Table name -> typed table.
    given
        Table name -> the columns its file really had.
    as_of
        The moment of the allocation (UTC), ``None`` where it is not known.
    """
    yield from integrity_issues(tables)
    yield from coverage_issues(tables, given)
    if as_of is not None:
        yield from chronology_issues(tables, as_of)

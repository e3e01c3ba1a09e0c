"""Which leads a written rule speaks of, and which reps are there, over plain rows."""

from collections.abc import Mapping
from typing import Any

from tests.solver.companies import Company, Row

Written = Mapping[str, Any]

SEVERAL = {
    "fair_share",
    "max_per_rep",
    "min_per_rep",
    "must_assign",
    "one_owner",
    "team_quota",
    "workload",
}


def speaks_of(rule: Written, lead: Row) -> bool:
    """Tell whether the rule's where, of equalities only, picks the lead."""
    return all(lead.get(name) == cell for name, cell in rule.get("where", {}).items())


def at_work(company: Company, rep_id: str) -> bool:
    """Tell whether the rep is there, active, started and not absent."""
    now = company.as_of
    since = now[:10] + "T00:00:00Z" if now.endswith("T23:59:59Z") else now
    absent = any(
        away == rep_id and first <= now and last >= since
        for away, first, last in company.absences
    )
    return not absent and any(
        rep["rep_id"] == rep_id
        and rep["active"]
        and rep.get("start_date", "") <= now <= rep.get("end_date", "9")
        for rep in company.rep_rows
    )

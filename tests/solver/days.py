"""From a small company and rules as a scenario writes them to owners and verdicts."""

from typing import Any

from pydantic import TypeAdapter

from solver import (
    AnyRule,
    Day,
    Result,
    Rule,
    Solution,
    build_day,
    solve,
    violations,
)
from tests.solver.companies import Company

_ANY_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)


def rules_of(*written: dict[str, Any]) -> list[Rule]:
    """Return the rules; those without a name are named by their kind."""
    return [_ANY_RULE.validate_python(rule) for rule in written]


def day_of(company: Company, *written: dict[str, Any]) -> Day:
    """Return the company's day under these rules."""
    return build_day(company.crm, rules_of(*written), company.values)


def solved(company: Company, *written: dict[str, Any]) -> tuple[Day, Result]:
    """Return the day and its optimum."""
    day = day_of(company, *written)
    return day, solve(day.problem, seed=0, time_limit=60)


def owners_of(solution: Solution) -> dict[str, str]:
    """Return lead id -> rep id of the assigned leads."""
    problem = solution.problem
    return {
        lead_id: problem.rep_ids[rep]
        for lead_id, rep in zip(problem.lead_ids, solution.rep_of, strict=True)
        if rep >= 0
    }


def best_owners(company: Company, *written: dict[str, Any]) -> dict[str, str]:
    """Return lead id -> rep id in the optimum."""
    return owners_of(solved(company, *written)[1].solution)


def broken(
    company: Company, owner: dict[str, str], *written: dict[str, Any]
) -> list[tuple[str, str, str]]:
    """Return rule, lead id and rep id of every violation of these owners."""
    found = violations(company.crm, rules_of(*written), owner)
    return [(each.rule, each.lead_id, each.rep_id) for each in found]

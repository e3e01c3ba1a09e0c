"""Values and rules in, who gets which lead out: proven, priced, checked."""

from solver.allocation import Violation
from solver.building import Day, PairWorth, build_day
from solver.choices import choices
from solver.conflicts import Conflict, find_conflict
from solver.engines import Progress, ScalingError, solve
from solver.explanation import Alternative, Explanation, explain
from solver.leftovers import leftovers
from solver.policies import BLIND, POLICIES, Policy
from solver.problem import Problem, ProblemError
from solver.reasons import CHOICE_TEXT, REASON_TEXT, Choice, Reason
from solver.result import EXACT, Result, Status
from solver.rule_costs import costs_of_rules
from solver.rules import AnyRule, Rule
from solver.solution import Solution
from solver.two_level import solve_two_level
from solver.verification import violations

__all__ = [
    "BLIND",
    "CHOICE_TEXT",
    "EXACT",
    "POLICIES",
    "REASON_TEXT",
    "Alternative",
    "AnyRule",
    "Choice",
    "Conflict",
    "Day",
    "Explanation",
    "PairWorth",
    "Policy",
    "Problem",
    "ProblemError",
    "Progress",
    "Reason",
    "Result",
    "Rule",
    "ScalingError",
    "Solution",
    "Status",
    "Violation",
    "build_day",
    "choices",
    "costs_of_rules",
    "explain",
    "find_conflict",
    "leftovers",
    "solve",
    "solve_two_level",
    "violations",
]

"""Values and rules in, who gets which lead out: proven, priced, checked."""

from solver.allocation import Violation
from solver.building import Day, PairWorth, build_day
from solver.choices import choices
from solver.conflicts import conflicts
from solver.engines import ScalingError, solve
from solver.leftovers import leftovers
from solver.policies import POLICIES, Policy
from solver.problem import Problem, ProblemError
from solver.reasons import CHOICE_TEXT, REASON_TEXT, Choice, Reason
from solver.result import Result, Status
from solver.rules import AnyRule, Rule
from solver.solution import Solution
from solver.verification import violations

__all__ = [
    "CHOICE_TEXT",
    "POLICIES",
    "REASON_TEXT",
    "AnyRule",
    "Choice",
    "Day",
    "PairWorth",
    "Policy",
    "Problem",
    "ProblemError",
    "Reason",
    "Result",
    "Rule",
    "ScalingError",
    "Solution",
    "Status",
    "Violation",
    "build_day",
    "choices",
    "conflicts",
    "leftovers",
    "solve",
    "violations",
]

"""The rules of lead distribution, one file per kind."""

from typing import Annotated

from pydantic import Field

from solver.rules.account_owner import AccountOwner
from solver.rules.base import PairRule, Rule
from solver.rules.capacity import Capacity
from solver.rules.exclude import Exclude
from solver.rules.fair_share import NEUTRAL, FairShare
from solver.rules.language import Language
from solver.rules.lock import Lock
from solver.rules.max_per_rep import MaxPerRep
from solver.rules.min_per_rep import MinPerRep
from solver.rules.must_assign import MustAssign
from solver.rules.one_owner import OneOwner
from solver.rules.performer import GIVEN, Performer
from solver.rules.product import Product
from solver.rules.proximity import Proximity
from solver.rules.qualify import SCORE, Qualify
from solver.rules.seniority import Seniority
from solver.rules.skill import Skill
from solver.rules.stability import Stability
from solver.rules.team import Team
from solver.rules.team_quota import TeamQuota
from solver.rules.territory import Territory
from solver.rules.workload import Workload

AnyRule = Annotated[
    AccountOwner
    | Capacity
    | Exclude
    | FairShare
    | Language
    | Lock
    | MaxPerRep
    | MinPerRep
    | MustAssign
    | OneOwner
    | Performer
    | Product
    | Proximity
    | Qualify
    | Seniority
    | Skill
    | Stability
    | Team
    | TeamQuota
    | Territory
    | Workload,
    Field(discriminator="kind"),
]
"""Any rule, told apart by its `kind`."""

__all__ = [
    "GIVEN",
    "NEUTRAL",
    "SCORE",
    "AccountOwner",
    "AnyRule",
    "Capacity",
    "Exclude",
    "FairShare",
    "Language",
    "Lock",
    "MaxPerRep",
    "MinPerRep",
    "MustAssign",
    "OneOwner",
    "PairRule",
    "Performer",
    "Product",
    "Proximity",
    "Qualify",
    "Rule",
    "Seniority",
    "Skill",
    "Stability",
    "Team",
    "TeamQuota",
    "Territory",
    "Workload",
]

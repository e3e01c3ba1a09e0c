"""The rules of lead distribution, one file per kind."""

from typing import Annotated

from pydantic import Field

from solver.rules.account_owner import AccountOwner
from solver.rules.base import PairRule, Rule
from solver.rules.capacity import Capacity
from solver.rules.exclude import Exclude
from solver.rules.language import Language
from solver.rules.lock import Lock
from solver.rules.product import Product
from solver.rules.qualify import SCORE, Qualify
from solver.rules.seniority import Seniority
from solver.rules.team import Team
from solver.rules.territory import Territory

AnyRule = Annotated[
    AccountOwner
    | Capacity
    | Exclude
    | Language
    | Lock
    | Product
    | Qualify
    | Seniority
    | Team
    | Territory,
    Field(discriminator="kind"),
]
"""Any rule, told apart by its `kind`."""

__all__ = [
    "SCORE",
    "AccountOwner",
    "AnyRule",
    "Capacity",
    "Exclude",
    "Language",
    "Lock",
    "PairRule",
    "Product",
    "Qualify",
    "Rule",
    "Seniority",
    "Team",
    "Territory",
]

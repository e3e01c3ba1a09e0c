"""The kinds of rules: the project's own, and those registered from outside."""

import inspect
from typing import Annotated, Any, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from solver.registry.catalogue import Catalogue
from solver.rules.account_owner import AccountOwner
from solver.rules.base import Rule
from solver.rules.capacity import Capacity
from solver.rules.exclude import Exclude
from solver.rules.fair_share import FairShare
from solver.rules.language import Language
from solver.rules.lock import Lock
from solver.rules.max_per_rep import MaxPerRep
from solver.rules.min_per_rep import MinPerRep
from solver.rules.must_assign import MustAssign
from solver.rules.one_owner import OneOwner
from solver.rules.only_to import OnlyTo
from solver.rules.performer import Performer
from solver.rules.product import Product
from solver.rules.proximity import Proximity
from solver.rules.qualify import Qualify
from solver.rules.seniority import Seniority
from solver.rules.skill import Skill
from solver.rules.stability import Stability
from solver.rules.team import Team
from solver.rules.team_quota import TeamQuota
from solver.rules.territory import Territory
from solver.rules.workload import Workload

RuleClass = TypeVar("RuleClass", bound=type[Rule])


def kind_of(rule: type[Rule]) -> str:
    """Return the kind that a class of rules declares as ``kind: Literal["..."]``.

    Raises
    ------
    TypeError
        Where it declares none, or several.
    """
    kinds = get_args(rule.model_fields["kind"].annotation)
    if len(kinds) != 1:
        raise TypeError(f'{rule.__name__} needs a field kind: Literal["its_kind"]')
    return str(kinds[0])


OWN: tuple[type[Rule], ...] = (
    AccountOwner,
    Capacity,
    Exclude,
    FairShare,
    Language,
    Lock,
    MaxPerRep,
    MinPerRep,
    MustAssign,
    OneOwner,
    OnlyTo,
    Performer,
    Product,
    Proximity,
    Qualify,
    Seniority,
    Skill,
    Stability,
    Team,
    TeamQuota,
    Territory,
    Workload,
)

_OWN = {kind_of(rule): rule for rule in OWN}
RULES: Catalogue[type[Rule]] = Catalogue("kind of rule", _OWN, _OWN.__getitem__)
"""Kind -> class of rules."""


def register_rule(rule: RuleClass) -> RuleClass:
    """Make a kind of rule known to scenario files; return the class unchanged.

    Parameters
    ----------
    rule
        A subclass of :class:`Rule` with a field ``kind: Literal["its_kind"]`` and its
        own ``violations``; of a :class:`PairRule`, ``eligibility`` and ``allows``.

    Raises
    ------
    TypeError
        Where something of that is missing, so that the rule could not be verified.
    ValueError
        Where the kind is one of the project's own.
    """
    if not (inspect.isclass(rule) and issubclass(rule, Rule)):
        raise TypeError(f"{rule!r} is no class of rules: derive it from Rule")
    kind = kind_of(rule)
    if missing := ", ".join(sorted(rule.__abstractmethods__)):
        raise TypeError(f"{rule.__name__} needs a method of its own: {missing}")
    RULES.register(kind, rule)
    return rule


class _Registered:
    """Makes pydantic read a rule as one of the catalogue's, by its kind."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        kinds = {kind: handler.generate_schema(rule) for kind, rule in RULES.items()}
        return core_schema.tagged_union_schema(kinds, discriminator="kind")


AnyRule = Annotated[Rule, _Registered]
"""Any rule that is known when a schema is made, told apart by its `kind`."""

"""What every rule has: keys, checks, its part in the problem, its verification."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crm import CrmData, Where, WhereError, matches, suggestion
from crm.where_words import number_words, where_words
from solver.day.allocation import Allocation, Row, Violation
from solver.day.draft import Draft
from solver.day.eligibility import Eligibility
from solver.day.scored_columns import SCORED
from solver.problem.constraints import Group, Limit, Share
from solver.rules.issue import Need, RuleIssue
from solver.rules.lookup import Lookup, words_looked_up

LEADS = "leads"
"""What most rules count."""
Unit = Literal["conversions", "revenue"]
"""What the objective counts."""


def _require_kind(schema: dict[str, Any]) -> None:
    """Ask for the kind in scenario files, though Python knows it from the class."""
    schema["properties"]["kind"].pop("default", None)
    schema["required"] = ["kind", *schema.get("required", [])]


class Rule(BaseModel):
    """One business rule, as an analyst writes it in a scenario file.

    All that is known of a kind hangs on its class, one file each: its keys, its checks
    against the tables, how it shapes the problem, and separately, in plain Python over
    the rows, how to find where it is broken. A subclass overrides what its kind does;
    everything else has a default that does nothing.
    """

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, json_schema_extra=_require_kind
    )

    reasons: ClassVar[Mapping[str, str]] = {}
    """Code of each reason why the kind leaves a lead without a rep -> in words."""
    choices: ClassVar[Mapping[str, str]] = {}
    """Code of each reason why the kind decides a lead's rep -> in words."""
    choice_rank: ClassVar[int] = 0
    """Of two kinds that both decide who gets a lead, the higher one is named."""
    penalty_is_per_lead: ClassVar[bool] = True
    """Whether a penalty above the value of any one lead must be a mistake."""
    breach: ClassVar[str] = "each lead that breaks it"
    """What a soft rule's penalty is paid for, in words."""
    counted_in: ClassVar[str] = LEADS
    """What the rule's bounds count; only amounts of the same can be compared."""
    kind: str
    name: str = Field(
        default="", description="How reports call the rule; the kind by default."
    )
    strength: Literal["hard", "soft"] = Field(
        default="hard",
        description="hard: never broken. soft: broken where that pays for the penalty.",
    )
    penalty: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="What breaking a soft rule costs, per lead unless the kind says "
        "otherwise, in the objective's unit: expected conversions or revenue.",
    )
    where: Where = Field(
        default={},
        description="The leads it speaks of: column -> condition; all by default.",
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: object) -> object:
        if isinstance(data, dict):
            return {"name": data.get("kind", cls.model_fields["kind"].default), **data}
        return data

    @field_validator("name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        if not name.strip() or name.splitlines() != [name]:
            raise ValueError("a name is one line of text, and not empty")
        return name

    @model_validator(mode="after")
    def _penalty_with_soft(self) -> Self:
        if self.strength == "soft" and self.penalty is None:
            raise ValueError("a soft rule needs a penalty, 0 or more")
        if self.strength == "hard" and self.penalty is not None:
            raise ValueError(
                "a hard rule takes no penalty; did you mean strength: soft"
            )
        return self

    @property
    def is_hard(self) -> bool:
        """Whether the rule is never broken."""
        return self.strength == "hard"

    @property
    def cost(self) -> float:
        """What breaking the rule costs, infinite if it is hard."""
        return np.inf if self.penalty is None else self.penalty

    def softened(self, penalty: float) -> Self:
        """Return the rule as a soft one."""
        return self.model_copy(update={"strength": "soft", "penalty": penalty})

    # In words

    @property
    def statement(self) -> str:
        """What the rule asks, as the start of a sentence."""
        return f"rule of kind {self.kind}"

    @property
    def demand(self) -> str:
        """What the rule asks, and of which leads: a sentence without its stop."""
        leads = f"for leads whose {where_words(self.where)}, " if self.where else ""
        text = f"{leads}{self.statement}"
        return f"{text[:1].upper()}{text[1:]}"

    @property
    def sentence(self) -> str:
        """The rule in plain words: what it asks, of which leads, and at what price."""
        if self.penalty is None:
            return f"{self.demand}."
        return f"{self.demand}; {self.breach} costs {number_words(self.penalty)}."

    # Held against the tables

    @property
    def needs(self) -> tuple[Need, ...]:
        """The columns without which the rule means nothing."""
        return ()

    def issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield everything wrong between the rule and the day's tables.

        Parameters
        ----------
        crm
            The day's tables, not scored yet.
        unit
            What the objective counts, and so what penalties are in.
        """
        yield from self.lacking(crm)
        if (
            self.penalty_is_per_lead
            and unit == "conversions"
            and (self.penalty or 0) > 1
        ):
            yield RuleIssue(
                "a penalty is in expected conversions per lead here, from 0 to 1; "
                "in money only with maximise: revenue",
                ("penalty",),
                f"{self.penalty:g}",
            )
        yield from self._where_issues(crm)
        yield from self.own_issues(crm, unit)

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield what the kind itself finds wrong."""
        yield from ()

    def lacking(self, crm: CrmData) -> Iterator[RuleIssue]:
        """Yield an error for each column of :attr:`needs` that is not there."""
        for table, column in self.needs:
            if not crm.has(table, column) and column not in SCORED.get(table, ()):
                near = suggestion(column, sorted(crm.file_columns.get(table, ())))
                yield RuleIssue(
                    f"rule {self.name} needs the column {column} in {table}{near}"
                )

    def _where_issues(self, crm: CrmData) -> Iterator[RuleIssue]:
        scored = dict.fromkeys(SCORED["leads"], 0.5)
        try:
            matches(crm.leads.assign(**scored), self.where)
        except WhereError as error:
            yield RuleIssue(error.reason, ("where", error.column))

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield what it looks up: words of its `where`, and what the kind adds."""
        for column, condition in self.where.items():
            yield from words_looked_up(crm.leads, column, condition)

    # Its part in the problem

    @property
    def is_of_pairs(self) -> bool:
        """Whether all it says is which pairs may be, at what charge, and slots.

        Leads with the same key in :meth:`eligibility` are alike to it, so that a day
        under such rules alone can be decided from segments of leads.
        """
        joint = (Rule.limits, Rule.shares, Rule.groups, Rule.charge)
        own = (type(self).limits, type(self).shares, type(self).groups)
        return (*own, type(self).charge) == joint

    def speaks_of(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule speaks of it, shape (n_leads,)."""
        return matches(crm.leads, self.where)

    def eligibility(self, crm: CrmData) -> Eligibility | None:
        """Return which reps may serve which leads; None where the kind says nothing."""
        return None

    def keeps(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether it is kept from distribution, shape (n_leads,)."""
        return np.zeros(len(crm.leads), dtype=bool)

    def slots(self, crm: CrmData) -> NDArray[np.int64] | None:
        """Return how many leads each rep can take, (n_reps,); None for no limit."""
        return None

    def frees(
        self, allowed: Eligibility, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Tell for each pair whether it takes no slot of the rep, shape (n_pairs,).

        Parameters
        ----------
        allowed
            What :meth:`eligibility` returned.
        lead, rep
            Positions, shape (n_pairs,).
        """
        return np.zeros(len(rep), dtype=bool)

    def wants_owner(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule wants it assigned, shape (n_leads,)."""
        return np.zeros(len(crm.leads), dtype=bool)

    def charge(
        self, crm: CrmData, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """Return what the rule charges each pair by itself, shape (n_pairs,)."""
        return np.zeros(len(rep))

    def limits(self, draft: Draft) -> Iterable[Limit]:
        """Return the bounds the rule puts on sums over pairs."""
        return ()

    def shares(self, draft: Draft) -> Iterable[Share]:
        """Return the bounds the rule puts on each rep's part."""
        return ()

    def groups(self, draft: Draft) -> Iterable[Group]:
        """Return the groups of leads that must share an owner."""
        return ()

    # Why a lead is where it is

    @property
    def reason(self) -> str:
        """Code of the reason where the rule alone leaves a lead without a rep."""
        return next(iter(self.reasons), self.kind)

    @property
    def choice(self) -> str:
        """Code of the reason where the rule alone decides who gets a lead, or ""."""
        return next(iter(self.choices), "")

    def detail(self, lead: Row) -> str:
        """Return what stands beside :attr:`reason`: the rule, and the lead's cells."""
        columns = [column for table, column in self.needs if table == "leads"]
        cells = [f" ({column} {lead[column]})" for column in columns if lead[column]]
        return f"rule {self.name}" + "".join(cells)

    # Verified without the solver

    @abstractmethod
    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield every place where an allocation breaks the rule."""

    def without_slot(self, allocation: Allocation) -> set[str]:
        """Return the assigned leads that take no slot of their rep."""
        return set()

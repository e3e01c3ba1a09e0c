"""Territory: a lead goes to a rep who serves its territory."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from crm import CrmData
from crm.schema import EVERYTHING, INSIDE
from solver.day.allocation import Allocation, Row
from solver.rules.lookup import Lookup
from solver.rules.pair_rules import CoverageRule

Name = Annotated[str, Field(min_length=1)]


class Territory(CoverageRule):
    """The lead's territory, or one around it, is among the rep's territories."""

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_in_territory": "no rep covers the territory"
    }
    lead_column: ClassVar[str] = "territory"
    rep_column: ClassVar[str] = "territories"

    kind: Literal["territory"] = "territory"

    parents: dict[Name, Name] = Field(
        default={},
        description="Territory -> the one around it, where the tables have plain "
        "names; those written EMEA > France > Paris need none.",
    )

    @model_validator(mode="after")
    def _no_circle(self) -> Self:
        for name in self.parents:
            if self.spelt(name) in self._around(self.spelt(name)):
                raise ValueError(f"territory {name} lies inside itself")
        return self

    @property
    def statement(self) -> str:
        """Where a lead stays."""
        return "the rep serves the lead's territory, or one around it"

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the territories of leads and reps, and those in `parents`."""
        yield from super().lookups(crm)
        needs = [name for name in crm.leads["territory"].unique() if name]
        offers = {entry for cell in crm.reps["territories"] for entry in cell}
        there = {self.spelt(name) for name in (*needs, *offers)}
        there |= {around for name in needs for around in self._around(name)}
        named = dict.fromkeys(self.parents, 1)
        yield Lookup(
            "`parents`",
            named,
            [name for name in named if self.spelt(name) in there],
            [*needs, *offers],
            "no territory of leads or reps",
        )

    def entries(self, need: str) -> set[str]:
        """Return the territory and all those around it."""
        name = self.spelt(need)
        return {name} | self._around(name)

    def spelt(self, entry: str) -> str:
        """Return a territory with one space on each side of each ``>``."""
        parts = [part.strip() for part in entry.split(INSIDE)]
        return f" {INSIDE} ".join(filter(None, parts))

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether a walk outwards from the lead meets a territory of the rep."""
        if not lead["territory"] or EVERYTHING in rep["territories"]:
            return True
        covered = [_path(territory) for territory in rep["territories"]]
        outwards = {_path(name): _path(parent) for name, parent in self.parents.items()}
        ahead = [_path(lead["territory"])]
        while ahead:
            path = ahead.pop()
            if path in covered:
                return True
            ahead += [outwards[path]] if path in outwards else []
            ahead += [path[:-1]] if len(path) > 1 else []
        return False

    def _around(self, name: str) -> set[str]:
        """Return every territory around one, itself if the names go in a circle."""
        parent = {self.spelt(inner): outer for inner, outer in self.parents.items()}
        covered: set[str] = set()
        ahead = [name]
        while ahead:
            inner_name = ahead.pop()
            whole, inside, _ = inner_name.rpartition(INSIDE)
            outer = {self.spelt(whole)} if inside else set()
            if inner_name in parent:
                outer.add(self.spelt(parent[inner_name]))
            ahead += outer - covered
            covered |= outer
        return covered


def _path(territory: str) -> tuple[str, ...]:
    """Return the names from the outermost to the innermost."""
    return tuple(name for part in territory.split(INSIDE) if (name := part.strip()))

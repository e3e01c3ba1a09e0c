"""Team: some leads go to reps of certain teams only."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from crm import CrmData, suggestion
from solver.day.allocation import Allocation, Row
from solver.day.eligibility import Eligibility
from solver.rules.base import Unit
from solver.rules.issue import Need, RuleIssue
from solver.rules.pair_rules import PairRule


class Team(PairRule):
    """The rep belongs to one of these teams."""

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_in_team": "no rep is in the teams the rule names"
    }

    kind: Literal["team"] = "team"
    teams: Annotated[list[str], Field(min_length=1)] = Field(
        description="Teams of the reps table that may serve the leads."
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """Which team each rep is in."""
        return (("reps", "team"),)

    @property
    def statement(self) -> str:
        """Which teams get these leads."""
        return f"the rep is in team {' or '.join(self.teams)}"

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error for each team that nobody is in."""
        keys = [("teams", place) for place in range(len(self.teams))]
        return unknown_teams(crm, dict(zip(keys, self.teams, strict=True)))

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the reps of the teams, for the leads it speaks of."""
        member = crm.reps["team"].isin(self.teams).to_numpy()
        return Eligibility.only(self.speaks_of(crm), member)

    @property
    def reads(self) -> tuple[str, ...]:
        """Nothing of a lead."""
        return ()

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep is in one of the teams."""
        return rep["team"] in self.teams


def unknown_teams(
    crm: CrmData, teams: Mapping[tuple[str | int, ...], str]
) -> Iterator[RuleIssue]:
    """Yield an error for each team that no rep is in.

    Parameters
    ----------
    teams
        Where the rule names a team -> the team.
    """
    known = sorted(set(crm.reps["team"]) - {""})
    for keys, team in teams.items():
        if team not in known:
            expected = f"no rep is in this team{suggestion(team, known)}"
            yield RuleIssue(expected, keys, team)

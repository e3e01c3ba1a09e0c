"""Teams that a rule names and nobody is in."""

from collections.abc import Iterator, Mapping

from crm import CrmData, suggestion
from solver.rules.issue import RuleIssue


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

"""The hard rules that a person's decision goes over."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from crm import WhereError
from runs.book.lead_table import lead_table
from runs.book.roster import Roster
from scenarios import Scenario
from scenarios.reach import needs_no_scores
from solver import Rule, violations


def broken_rules(
    scenario: Scenario, staff: Roster, known: pd.DataFrame, owner: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[str]]:
    """Return lead -> hard rules that its rep is outside of; and rules not looked at.

    Looked at are rules on a lead and its rep: not counts or shares of a whole day, nor
    what takes scores.

    Parameters
    ----------
    known
        The leads as the ledger has them.
    owner
        Lead -> rep.
    """
    crm = replace(staff.crm, leads=lead_table(known, staff.crm))
    broken: dict[str, list[str]] = {}
    skipped = []
    for rule in filter(lambda rule: rule.is_hard, scenario.rules):
        if not _is_of_pairs(rule):
            continue
        try:
            found = violations(crm, [rule], owner)
        except (WhereError, KeyError):
            skipped.append(rule.name)
            continue
        for violation in found:
            if violation.rule == rule.name and violation.lead_id:
                broken.setdefault(violation.lead_id, []).append(rule.name)
    return broken, skipped


def _is_of_pairs(rule: Rule) -> bool:
    return type(rule).shares is Rule.shares and needs_no_scores(rule)

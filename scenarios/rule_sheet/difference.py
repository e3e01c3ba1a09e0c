"""What is other in a scenario than in an earlier one, in the words of the sheet."""

from collections.abc import Iterator

import numpy as np
from pydantic import BaseModel

from crm import CrmData
from reporting.text.rules.rule_sheet import RuleChange, RuleChanges
from scenarios.reach import Reach, needs_no_scores
from scenarios.rule_sheet.leaves import leaf_changes
from scenarios.rule_sheet.pairing import paired, same_content
from scenarios.rule_sheet.sections import section_sentences
from scenarios.schema import Scenario
from scenarios.validation import ScenarioFile
from solver import Rule, RuleReach
from solver.day.scored_columns import SCORED
from solver.rules.base import Unit

NOT_RULES = {"version", "name", "data", "rules", "ledger", "tests"}
"""Keys of a scenario that no rep lives by."""


def rule_changes(reach: Reach, before: ScenarioFile) -> RuleChanges:
    """Return what is other in a scenario than before, both held against one day.

    Parameters
    ----------
    reach
        The scenario, and what its rules reach; the day's tables are used for both.
    before
        The earlier scenario.
    """
    now, was = reach.file.scenario, before.scenario
    unit, crm = now.objective.maximise, reach.day.crm
    usable = [rule for rule in was.rules if _is_usable(rule, crm, unit, reach)]
    earlier = Reach(before, reach.day.under(usable))
    told = _Told(_by_name(reach), _by_name(earlier))
    changes = [
        change for pair in paired(now.rules, was.rules) for change in told(*pair)
    ]
    return RuleChanges(
        title=str(reach.file.path),
        before=str(before.path),
        changes=(*changes, *_sections(now, was)),
        pairs=reach.day.problem.n_pairs,
        pairs_before=earlier.day.problem.n_pairs,
        stranded=_stranded(reach),
        stranded_before=_stranded(earlier),
        notes=tuple(_notes(reach, was.rules, usable)),
    )


class _Told:
    """Tells one rule that was added, removed, renamed or changed.

    Parameters
    ----------
    now, before
        Name of each rule whose reach is known -> what it reaches.
    """

    def __init__(self, now: dict[str, RuleReach], before: dict[str, RuleReach]) -> None:
        self._now = now
        self._before = before

    def __call__(self, rule: Rule | None, was: Rule | None) -> Iterator[RuleChange]:
        """Yield the change, if there is one."""
        if rule is not None and was is not None:
            if rule != was:
                yield self._change(rule, was)
        elif rule is not None:
            yield self._alone(rule, "added", self._now)
        elif was is not None:
            yield self._alone(was, "removed", self._before)

    def _alone(
        self, rule: Rule, change: str, known: dict[str, RuleReach]
    ) -> RuleChange:
        text = f"{'new' if change == 'added' else 'no longer'}: {rule.sentence}"
        reach = known.get(rule.name)
        if reach is None:
            return RuleChange(rule.name, change, text)
        count, added = int(reach.leads.sum()), change == "added"
        counts = (count, 0, count, 0) if added else (0, count, 0, count)
        return RuleChange(rule.name, change, text, *counts)

    def _change(self, rule: Rule, was: Rule) -> RuleChange:
        new_name = [f"was called {was.name}"] if rule.name != was.name else []
        if same_content(rule, was):
            return RuleChange(rule.name, "renamed", f"{new_name[0]}, says the same")
        renamed = was.model_copy(update={"name": rule.name})
        text = "; ".join([*new_name, *leaf_changes(rule, renamed)])
        now, before = self._now.get(rule.name), self._before.get(was.name)
        if now is None or before is None:
            return RuleChange(rule.name, "changed", text)
        return RuleChange(
            rule.name,
            "changed",
            text,
            int((now.leads & ~before.leads).sum()),
            int((before.leads & ~now.leads).sum()),
            *(int(reach.leads.sum()) for reach in (now, before)),
            *(int(reach.reps.sum()) for reach in (now, before)),
        )


def _by_name(reach: Reach) -> dict[str, RuleReach]:
    return {each.rule.name: each for each in reach.rules}


def _stranded(reach: Reach) -> int:
    return int((np.diff(reach.day.problem.indptr) == 0).sum())


def _is_usable(rule: Rule, crm: CrmData, unit: Unit, reach: Reach) -> bool:
    """Tell whether a rule of the earlier scenario can be held against the tables."""
    scored = {name for name in SCORED["reps"] if name in crm.reps}
    is_scored = reach.is_scored and all(
        column in scored
        for table, column in rule.needs
        if table == "reps"
        if column in SCORED["reps"]
    )
    faults = (issue.severity == "error" for issue in rule.issues(crm, unit))
    return (needs_no_scores(rule) or is_scored) and not any(faults)


def _notes(reach: Reach, before: list[Rule], usable: list[Rule]) -> Iterator[str]:
    known = {each.rule.name for each in reach.rules}
    unknown = [
        rule.name for rule in reach.file.scenario.rules if rule.name not in known
    ]
    if unknown:
        yield f"figures leave out {', '.join(unknown)}, as scores are not known"
    used = {id(rule) for rule in usable}
    if left := [rule.name for rule in before if id(rule) not in used]:
        yield f"of the earlier scenario, figures leave out {', '.join(left)}"


def _sections(now: Scenario, before: Scenario) -> Iterator[RuleChange]:
    sentences, earlier = section_sentences(now), section_sentences(before)
    for name in type(now).model_fields:
        new, old = getattr(now, name), getattr(before, name)
        if name in NOT_RULES or new == old:
            continue
        if isinstance(new, BaseModel) and isinstance(old, BaseModel):
            text = "; ".join(leaf_changes(new, old))
            if text:
                yield RuleChange(name, "changed", text)
        elif new is None:
            text = f"no longer: {' '.join(earlier.get(name, ()))}"
            yield RuleChange(name, "removed", text)
        else:
            yield RuleChange(name, "added", f"new: {' '.join(sentences.get(name, ()))}")

"""The rules of a scenario for those who live by them, with whom each concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crm import shorten
from crm.rep_names import names_of
from reporting.text.rules.rule_sheet import RuleSheet, SheetRule
from reporting.text.words.people import rep_name
from scenarios.reach import Reach
from scenarios.rule_sheet.sections import price_words, section_sentences
from solver import Rule, RuleReach
from solver.rules.base import Unit
from solver.rules.named_pairs import NamedPair, NamedPairsRule

FEW = 8
"""Reps, or pairs, that are named one by one."""
MANY = 20
"""Pairs of a rule that are named before the rest is counted."""
UNSCORED = "as it asks for scores: give --model"


def rule_sheet(reach: Reach, notes: Sequence[str] = ()) -> RuleSheet:
    """Return the sheet of a scenario, with what its rules reached on the day.

    Parameters
    ----------
    notes
        What earlier days changed of this one, a sentence each.
    """
    day, scenario = reach.day, reach.file.scenario
    names = names_of(day.crm.reps)
    known = {each.rule.name: each for each in reach.rules}
    rules = [
        _sheet_rule(rule, known.get(rule.name), scenario.objective.maximise, names)
        for rule in scenario.rules
    ]
    away = day.problem.rep_ids[~day.available]
    return RuleSheet(
        title=scenario.name,
        day=f"{day.crm.today:%A} {day.crm.today}",
        n_leads=day.problem.n_leads,
        n_at_work=int(day.available.sum()),
        away=_few([rep_name(rep, names) for rep in away], MANY),
        rules=tuple(rules),
        sections=section_sentences(scenario),
        notes=tuple(notes),
    )


def _sheet_rule(
    rule: Rule, reach: RuleReach | None, unit: Unit, names: Mapping[str, str]
) -> SheetRule:
    told = SheetRule(
        name=rule.name,
        kind=rule.kind,
        strength=rule.strength,
        demand=rule.demand,
        price=rule_price(rule, unit),
        details=_pairs(rule, names),
    )
    if reach is None:
        return replace(told, unknown=UNSCORED)
    return replace(
        told,
        leads=int(reach.leads.sum()),
        is_of_pairs=reach.is_of_pairs,
        reps=int(reach.reps.sum()),
        rep_names=_named(reach, names),
    )


def rule_price(rule: Rule, unit: Unit) -> str:
    """Return what breaking a soft rule costs, in words; empty for a hard one."""
    if rule.penalty is None:
        return ""
    breach = f"{rule.breach[:1].upper()}{rule.breach[1:]}"
    return f"{breach} costs {price_words(rule.penalty, unit)}"


def _named(reach: RuleReach, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the reps of a rule, where they are few and not everybody at work."""
    reps: NDArray[np.bool_] = reach.reps
    if not 0 < reps.sum() <= FEW or np.array_equal(reps, reach.day.available):
        return ()
    told = (rep_name(rep, names) for rep in reach.day.problem.rep_ids[reps])
    return tuple(map(shorten, told))


def _pairs(rule: Rule, names: Mapping[str, str]) -> tuple[str, ...]:
    if not isinstance(rule, NamedPairsRule):
        return ()
    return _few([_pair_text(pair, names) for pair in rule.pairs], MANY)


def _pair_text(pair: NamedPair, names: Mapping[str, str]) -> str:
    return f"lead {pair.lead_id}, rep {rep_name(pair.rep_id, names)}"


def _few(texts: list[str], most: int) -> tuple[str, ...]:
    """Return the first texts, and one that counts the rest."""
    if len(texts) <= most:
        return tuple(texts)
    return (*texts[:most], f"and {len(texts) - most:,} more")

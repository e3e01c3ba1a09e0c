"""What changed since the last run of the scenario that its ledger has."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from ruamel.yaml import YAML

from crm.rep_names import names_of
from reporting import Changes
from runs.job.run import Run
from runs.job.scenario_text import lasting_scenario
from runs.prepared.identity import file_id
from runs.prepared.ledger_place import is_there, ledger_place

if TYPE_CHECKING:
    from ledger import Ledger
    from ledger.vantage import Before

OUTCOMES = ("assigned", "unassigned", "kept")


def changes_since_last(run: Run, model: Path | None) -> Changes | None:
    """Return what changed; None without a ledger, and on the first run.

    A run that the ledger has already is held against the one before it.

    Parameters
    ----------
    model
        The model file that was used, if any.
    """
    place = ledger_place(run.file)
    if place is None or not is_there(place):
        return None
    from ledger import Ledger
    from ledger.questions import run_before

    with Ledger(place) as ledger:
        with ledger.reading() as connection:
            query = run_before(run.file.scenario.name, _before(run, ledger))
            last = connection.execute(query).mappings().first()
        if last is None:
            return None
        made = ledger.decisions(str(last["run_id"]))
    return _changes(run, last, made, model)


def _before(run: Run, ledger: "Ledger") -> "Before | None":
    """Return from where the run sees the ledger, as its morning did."""
    from ledger.events import last_run
    from ledger.vantage import Redone

    own, void = (
        ledger.number_of(run.run_id),
        run.scored.prepared.earlier.supersedes,
    )
    number = ledger.number_of(void) if void else None
    if number is None:
        return own
    with ledger.reading() as connection:
        return Redone(own or last_run(connection) + 1, number)


def _changes(
    run: Run, last: Mapping[Any, Any], made: pd.DataFrame, model: Path | None
) -> Changes:
    now = _decided(run)
    then_open = made.loc[made["kind"] == "unassigned", "lead_id"]
    state = now.set_index("lead_id")["kind"]
    again = then_open.map(state)
    rules, settings = _scenario_changes(str(last["text"] or ""), lasting_scenario(run))
    old_model, new_model = str(last["model_id"]), file_id(model) if model else ""
    return Changes(
        day=last["day"],
        then={"all": int(last["n_leads"])} | {n: int(last[f"n_{n}"]) for n in OUTCOMES},
        now={"all": len(now)} | {n: int((now["kind"] == n).sum()) for n in OUTCOMES},
        reasons=_reasons(made, now),
        placed=then_open[again == "assigned"].tolist(),
        still=then_open[again == "unassigned"].tolist(),
        busier=_more(now, made),
        idler=_more(made, now),
        **rules,
        settings_changed=settings,
        is_new_model=old_model != new_model if old_model and new_model else None,
        names=names_of(run.load),
    )


def _decided(run: Run) -> pd.DataFrame:
    """Return one row per lead of the run, also those that take no slot."""
    kept = run.kept[["lead_id", "rep_id", "reason"]]
    kinds = kept["rep_id"].map(lambda rep_id: "kept" if rep_id else "unassigned")
    tables = [
        run.assignments[["lead_id", "rep_id", "reason"]].assign(kind="assigned"),
        run.unassigned[["lead_id", "reason"]].assign(rep_id="", kind="unassigned"),
        kept.assign(kind=kinds),
    ]
    return pd.concat(tables, ignore_index=True)


def _reasons(then: pd.DataFrame, now: pd.DataFrame) -> dict[str, tuple[int, int]]:
    counts = [
        made.loc[made["kind"] == "unassigned", "reason"].value_counts()
        for made in (then, now)
    ]
    codes = sorted({str(code) for each in counts for code in each.index})
    return {c: (int(counts[0].get(c, 0)), int(counts[1].get(c, 0))) for c in codes}


def _more(these: pd.DataFrame, those: pd.DataFrame) -> list[tuple[str, int]]:
    """Return reps who got leads in the first and none in the second, most first."""
    own = these.loc[these["kind"] == "assigned", "rep_id"].value_counts()
    others = set(those.loc[those["kind"] == "assigned", "rep_id"])
    reps = [(str(rep), int(n)) for rep, n in own.items() if rep not in others]
    return sorted(reps, key=lambda item: (-item[1], item[0]))


def _scenario_changes(then: str, now: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return rules by how they changed, and the other parts that changed."""
    old, new = (YAML(typ="safe").load(text) or {} for text in (then, now))
    if not old:
        return {}, []
    was, rules = _rules(old), _rules(new)
    parts = sorted({*old, *new} - {"rules"})
    return {
        "rules_added": [name for name in rules if name not in was],
        "rules_gone": [name for name in was if name not in rules],
        "rules_changed": [n for n in rules if n in was and rules[n] != was[n]],
    }, [part for part in parts if old.get(part) != new.get(part)]


def _rules(scenario: Mapping[str, Any]) -> dict[str, Any]:
    return {str(rule["name"]): rule for rule in scenario.get("rules", [])}

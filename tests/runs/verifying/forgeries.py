"""Ways to forge a run folder; the hashes are renewed afterwards."""

import csv
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Forge = Callable[[Path], None]
Record = dict[str, Any]


def renew(folder: Path) -> None:
    """Make the manifest's hashes those of the files as they are."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for name in manifest["files"]:
        if (folder / name).is_file():
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            manifest["files"][name] = digest
    path.write_text(json.dumps(manifest), encoding="utf-8")


def manifest(change: Callable[[Record], object]) -> Forge:
    """Return a forgery of the manifest."""

    def forge(folder: Path) -> None:
        path = folder / "manifest.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return forge


def said(**fields: Any) -> Forge:
    """Return a forgery that makes the manifest say something else."""
    return manifest(lambda content: content.update(fields))


def experiment(**fields: Any) -> Forge:
    """Return a forgery of what the manifest says of the experiment."""
    return manifest(lambda content: content["experiment"].update(fields))


def table(name: str, change: Callable[[list[Record]], object]) -> Forge:
    """Return a forgery of a table's rows."""

    def forge(folder: Path) -> None:
        with (folder / name).open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), reader.fieldnames or ()
        change(rows)
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return forge


def cell(name: str, column: str, text: str, row: int = 0) -> Forge:
    """Return a forgery of one cell."""
    return table(name, lambda rows: rows[row].update({column: text}))


def added(name: str, column: str, amount: float, row: int = 0) -> Forge:
    """Return a forgery that adds to a number."""

    def change(rows: list[Record]) -> None:
        rows[row][column] = str(float(rows[row][column]) + amount)

    return table(name, change)


def text(name: str, pattern: str, replacement: str) -> Forge:
    """Return a forgery that replaces the first match in a file."""

    def forge(folder: Path) -> None:
        content = (folder / name).read_text(encoding="utf-8")
        forged, count = re.subn(pattern, replacement, content, count=1)
        assert count == 1, pattern
        (folder / name).write_text(forged, encoding="utf-8")

    return forge


def both(*forgeries: Forge) -> Forge:
    """Return several forgeries at once."""

    def forge(folder: Path) -> None:
        for each in forgeries:
            each(folder)

    return forge


def new_file(name: str) -> Forge:
    """Return a forgery that adds a file."""

    def forge(folder: Path) -> None:
        (folder / name).write_text("a\n1\n", encoding="utf-8")

    return forge


def _all_to_one(rows: list[Record]) -> None:
    for row in rows:
        row["rep_id"] = rows[0]["rep_id"]


def _swapped(rows: list[Record]) -> None:
    first = rows[0]
    other = next(row for row in rows if row["rep_id"] != first["rep_id"])
    first["rep_id"], other["rep_id"] = other["rep_id"], first["rep_id"]


def _penalties_gone(content: Record) -> None:
    content["objective"] += 1.0
    content["penalties"] = {"capacity": -1.0}


def _higher_bound(content: Record) -> None:
    content["bound"] *= 1.2
    content["gap"] = content["bound"] / content["objective"] - 1
    content["status"] = "feasible"


A, U, P, R = "assignments.csv", "unassigned.csv", "prices.csv", "rule_costs.csv"
LEADS, SCORES = "inputs/leads.csv", "inputs/lead_scores.csv"

OF_ANY_RUN: dict[str, Forge] = {
    "status": said(status="feasible"),
    "status infeasible": said(status="infeasible"),
    "all to one rep, infeasible": both(
        table(A, _all_to_one), said(status="infeasible")
    ),
    "bound above": manifest(_higher_bound),
    "bound below": manifest(lambda m: m.update(bound=m["objective"] - 1)),
    "bound gone": said(bound=None),
    "gap": said(gap=0.2),
    "reproducible": said(reproducible=False),
    "n_leads": said(n_leads=99),
    "n_assigned": manifest(lambda m: m.update(n_assigned=m["n_assigned"] + 1)),
    "n_unassigned": manifest(lambda m: m.update(n_unassigned=m["n_unassigned"] + 1)),
    "objective": manifest(lambda m: m.update(objective=m["objective"] + 1)),
    "penalties": manifest(_penalties_gone),
    "engine": said(engine="mip"),
    "prices' kind": said(prices="a guess"),
    "seed": said(seed=7),
    "scenario's name": said(scenario="another"),
    "as_of": said(as_of="2026-01-01T00:00:00+00:00"),
    "unit": said(maximise="revenue"),
    "conflict": said(
        conflict={
            "rules": ["capacity"],
            "is_smallest": True,
            "relaxations": [],
            "joint_relaxation": [],
        }
    ),
    "unknown field": said(note="all is well"),
    "missing field": manifest(lambda m: m.pop("gap")),
    "wrong type": said(n_leads="99"),
    "not a number": text("manifest.json", r'"gap": [^,]+', '"gap": NaN'),
    "field twice": text("manifest.json", r'"seed"', '"seed": 1, "seed"'),
    "version": manifest(lambda m: m["versions"].pop("numpy")),
    "timing": manifest(lambda m: m["timings"].update(resting=1.0)),
    "input gone": manifest(lambda m: m["inputs"].pop("leads")),
    "rule's reach": cell("reach.csv", "leads", "1"),
    "what never met": cell("reach.csv", "unmet", "nothing at all"),
    "rule's reach gone": table("reach.csv", lambda rows: rows.pop()),
    "reach on the page": text("report.html", "Never met", "Met"),
    "input's file": manifest(lambda m: m["inputs"]["leads"].update(file="other.csv")),
    "file not listed": both(
        cell(A, "p_convert", "0.99"), manifest(lambda m: m["files"].pop(A))
    ),
    "file nobody wrote": new_file("notes.csv"),
    "input nobody read": new_file("inputs/more.csv"),
    "p_convert": cell(A, "p_convert", "0.99"),
    "value": added(A, "value", 0.1),
    "values that cancel": both(added(A, "value", 0.1), added(A, "value", -0.1, row=1)),
    "owner": table(A, _swapped),
    "all to one rep": table(A, _all_to_one),
    "backup": table(A, lambda rows: rows[0].update(backup_rep_id=rows[0]["rep_id"])),
    "team": cell(A, "team", "another"),
    "choice": cell(A, "reason", "lock"),
    "arm": cell(A, "arm", "nobody's"),
    "propensity": cell(A, "propensity", "0.123"),
    "assignment lost": table(A, lambda rows: rows.pop()),
    "assignment twice": table(A, lambda rows: rows.append(rows[0])),
    "order": table(A, lambda rows: rows.reverse()),
    "reason": cell(U, "reason", "out_of_time"),
    "detail": cell(U, "detail", "nobody cared"),
    "price": added(P, "price", 0.01),
    "price below zero": cell(P, "price", "-5"),
    "price's company": cell(P, "together", "rep_slot R0"),
    "price's rep": cell(P, "key", "nobody"),
    "price no number": cell(P, "price", "much"),
    "price lost": table(P, lambda rows: rows.pop()),
    "cost of a rule": added(R, "cost", 0.5),
    "leads held back": cell(R, "leads_held_back", "77"),
    "cost proven": cell(R, "proven", "perhaps"),
    "rule's name": cell(R, "rule", "another"),
    "rule lost": table(R, lambda rows: rows.pop()),
    "lead's score": cell(SCORES, "log_odds", "1"),
    "lead's value": cell(SCORES, "value_if_won", "9"),
    "rep's score": cell("inputs/rep_scores.csv", "log_odds", "1"),
    "score no number": cell(SCORES, "log_odds", "high"),
    "scores of others": table(SCORES, lambda rows: rows.reverse()),
    "score of an average rep": cell(LEADS, "p_convert", "0.5"),
    "reps at work": table(
        "inputs/reps.csv", lambda rows: [row.update(active="false") for row in rows]
    ),
    "scenario's seed": text("scenario.yaml", r"seed: \d+", "seed: 5"),
    "page's objective": text("report.html", r"objective \d", "objective 9"),
    "page's leads": text("report.html", r'<th scope="row">L', '<th scope="row">X'),
}
"""Name -> forgery of a run folder whose day the flow engine solved."""

OF_AN_EXPERIMENT: dict[str, Forge] = {
    "none": said(experiment=None),
    "design": experiment(design="day"),
    "control_share": experiment(control_share=0.25),
    "control_policy": experiment(control_policy="greedy"),
    "cap": experiment(max_pair_probability=0.9),
    "control_draws": experiment(control_draws=3),
    "n_control": experiment(n_control=0),
    "n_eligible": experiment(n_eligible=1),
    "expectation kept": experiment(model_expectation_kept=1.0),
    "optimum's objective": experiment(optimum={"status": "optimal", "objective": 1.0}),
    "optimum's owner": table("optimum.csv", _swapped),
    "optimum's row": table("optimum.csv", lambda rows: rows.pop()),
    "probability": both(
        added("propensities.csv", "probability", 0.001),
        added("propensities.csv", "probability", -0.001, row=1),
    ),
    "unknown field": experiment(note="fine"),
}
"""The same of one with an experiment; added to those of any run."""

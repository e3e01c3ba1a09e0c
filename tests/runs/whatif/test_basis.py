"""A variant is the day that a run of an edited scenario would be."""

from datetime import date

import pytest

from runs import allocate, prepare
from runs.whatif.basis import variant_day
from runs.whatif.figures import solved
from scenarios.changes import asked_variants
from tests.few import few

TABLE_OF = {"leads": "leads.csv", "reps": "reps.csv", "absences": "absences.csv"}
CASES = [
    pytest.param({"sets": ["rules.capacity.factor=1.5"]}, ("daily.yaml",), id="key"),
    pytest.param({"off": ["large deals"]}, ("daily.yaml",), id="off"),
    pytest.param(
        {"sets": ["reps.daily_capacity=+2"], "where": ["team=one"]},
        ("reps.csv",),
        id="cells",
    ),
    pytest.param({"away": ["R1"]}, ("absences.csv",), id="away"),
    pytest.param({"reps": ["R9: like=R1"]}, ("reps.csv",), id="rep"),
    pytest.param({"sets": ["objective.maximise=revenue"]}, ("daily.yaml",), id="unit"),
    pytest.param({"sets": ["data.as_of=2026-09-08"]}, ("daily.yaml",), id="moment"),
]


def edited(folder, case):
    """Edit the company's files as a person would."""
    scenario, reps = folder / "daily.yaml", folder / "reps.csv"
    text, lines = scenario.read_text(), reps.read_text().splitlines()
    match case:
        case "key":
            text = text.replace("kind: capacity", "kind: capacity\n    factor: 1.5")
        case "off":
            text = (
                text[: text.index("  - kind: seniority")]
                + (text[text.index("solve:") :])
            )
        case "cells":
            cells = [line.split(",") for line in lines]
            lines = [
                ",".join([c[0], str(int(c[1]) + 2), *c[2:]]) if c[3] == "one" else line
                for c, line in zip(cells, lines, strict=True)
            ]
        case "away":
            absences = folder / "absences.csv"
            absences.write_text(absences.read_text() + "R1,2026-09-07,2026-09-07\n")
        case "rep":
            lines.append(lines[1].replace("R1", "R9", 1))
        case "unit":
            text = text.replace("rules:", "objective: {maximise: revenue}\nrules:", 1)
        case "moment":
            text = text.replace("as_of: 2026-09-07", "as_of: 2026-09-08")
    scenario.write_text(text)
    reps.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize(("asked", "files"), few(CASES, 4))
def test_a_variant_is_the_run_of_edited_files(basis, company, asked, files, request):
    """Owners and objective are the same to the last lead."""
    case = request.node.callspec.id
    edited(company, case)
    run = allocate(company / "daily.yaml", None, company / "daily.model")
    (variant,) = asked_variants(**asked)
    own = solved(variant_day(basis, variant), 10.0)
    assert own.owner == run.owner
    assert own.experiment.result.objective == pytest.approx(run.result.objective)


def test_rules_alone_change_neither_tables_nor_scores(basis):
    """What no change touches is not built again: the very same objects."""
    (variant,) = asked_variants(off=["large deals"])
    scored = variant_day(basis, variant).scored
    assert scored.scores is basis.scored.scores
    assert scored.prepared.crm is basis.scored.prepared.crm
    assert scored.trained is basis.trained
    shared = {id(rule) for rule in basis.scored.day.rules}
    assert all(id(rule) in shared for rule in scored.day.rules)


def test_a_warning_is_of_the_variant_alone(basis):
    """What was odd before is not told again; a rule that binds nobody now is."""
    name = "rules.large deals.where.deal_value.min"
    (variant,) = asked_variants(sets=[f"{name}=9000000"])
    (warning,) = variant_day(basis, variant).warnings(basis)
    assert "large deals" in str(warning)


def test_a_model_of_a_file_stays_as_it_was_fitted(basis):
    """That other options of scoring change nothing is said."""
    (variant,) = asked_variants(sets=["scoring.lost_after_days=90"])
    (note,) = variant_day(basis, variant).notes
    assert "used as it is: scoring changes nothing" in note


def test_the_moment_of_the_command_line_stays(small):
    """A change of other data keeps the moment that goes over the scenario's."""
    raw = prepare(small / "daily.yaml", as_of=date(2026, 9, 9))
    (variant,) = asked_variants(sets=["data.territory_from_account=true"])
    assert variant.file(raw.file).scenario.data.as_of == date(2026, 9, 9)
    (variant,) = asked_variants(sets=["data.as_of=2026-09-10"])
    assert variant.file(raw.file).scenario.data.as_of == date(2026, 9, 10)

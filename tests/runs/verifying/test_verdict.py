"""No forgery of a run folder passes, though its hashes are renewed."""

import json
import shutil

import pytest
from click.testing import CliRunner

from cli import main
from reporting import write_folder
from runs import allocate, run_files, verify
from runs.verifying.verdict import Proof
from solver.engines.price import suitability
from tests.few import few
from tests.runs.verifying.forgeries import OF_AN_EXPERIMENT, OF_ANY_RUN, renew

BOTH = "experiment: {control_share: 0.2, max_pair_probability: 0.6}\n"
OWNERS = (
    "  - {kind: one_owner, same: territory, strength: soft, penalty: 0.05}\nsolve:\n"
)
TIGHT = "  - {kind: min_per_rep, min_leads: 9}\nsolve:\n"


@pytest.fixture(scope="module")
def written(small, tmp_path_factory):
    """Return a function: what is added to the scenario -> the run's folder."""
    folder = shutil.copytree(small, tmp_path_factory.mktemp("verified") / "company")

    def run(name, more="", rules="solve:\n"):
        text = (folder / "daily.yaml").read_text(encoding="utf-8")
        path = folder / f"{name}.yaml"
        path.write_text(text.replace("solve:\n", rules) + more, encoding="utf-8")
        made = allocate(path, model=folder / "daily.model")
        write_folder(folder / name, run_files(made, folder / "daily.model"))
        return folder / name

    return run


@pytest.fixture(scope="module")
def experiment(written):
    return written("experiment", BOTH)


@pytest.fixture(scope="module")
def mixed(written):
    """Return the folder of a day that the mixed-integer engine solved."""
    return written("owners", rules=OWNERS)


@pytest.mark.slow
def test_a_day_solved_by_prices_verifies(written, monkeypatch):
    """The bound, the prices and the rule costs are those that the audit finds."""
    pytest.importorskip("numba")
    monkeypatch.setattr(suitability, "LARGE", 1)
    folder = written("priced")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["engine"], manifest["prices"]) == ("price", "exact")
    assert problems(folder) == ""
    monkeypatch.undo()
    assert problems(folder) == ""


def problems(folder):
    """Return what the command says of a folder, which must not crash."""
    done = CliRunner().invoke(main, ["verify", str(folder)])
    assert done.exit_code in {0, 3}, done.exception
    return done.output if done.exit_code else ""


def forged(folder, forge, tmp_path):
    """Return what is said of a forged copy whose hashes are renewed."""
    copy = shutil.copytree(folder, tmp_path / "forged")
    forge(copy)
    if not is_odd_json(copy / "manifest.json"):
        renew(copy)
    return problems(copy)


def is_odd_json(path):
    """Whether renewing would mend what was forged: a NaN, or a field that is twice."""
    text = path.read_text(encoding="utf-8")
    return "NaN" in text or text.count('"seed"') > 1


@pytest.mark.slow
@pytest.mark.parametrize("name", few(OF_ANY_RUN, 8))
def test_every_forgery_is_found(name, small, tmp_path):
    """Of manifest, tables, inputs, scenario and page."""
    assert forged(small / "run", OF_ANY_RUN[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", few(OF_AN_EXPERIMENT, 3))
def test_every_forgery_of_an_experiment_is_found(name, experiment, tmp_path):
    """Of probabilities, of the optimum, and of what the manifest says of both."""
    assert forged(experiment, OF_AN_EXPERIMENT[name], tmp_path)


@pytest.mark.slow
def test_good_folders_are_verified(small, experiment, mixed, written):
    """With and without an experiment, by either engine, and where nothing is solved."""
    infeasible = written("tight", rules=TIGHT)
    verdicts = [verify(each) for each in (small / "run", experiment, mixed, infeasible)]
    assert [verdict.problems for verdict in verdicts] == [()] * 4
    proofs = [verdict.proof for verdict in verdicts]
    expected = [Proof.PROVEN, Proof.PROVEN, Proof.NOT_PROVEN, Proof.NO_BOUND]
    assert proofs == expected
    assert verdicts[3].n_hard == 0 < verdicts[0].n_hard


@pytest.mark.slow
def test_the_words_of_other_solvers_are_held_to_what_prices_prove(mixed, tmp_path):
    """A bound above that, and costs that no rule can have."""
    for name in ("bound above", "cost proven", "leads held back", "value", "objective"):
        copy = tmp_path / name.replace(" ", "_")
        copy.mkdir()
        assert forged(mixed, OF_ANY_RUN[name], copy), name


@pytest.mark.parametrize("command", ["explain", "fairness"])
@pytest.mark.parametrize("name", ["price no number", "score no number", "price lost"])
def test_odd_tables_are_named(command, name, small, tmp_path):
    """With file, row and column, wherever the folder is read."""
    copy = shutil.copytree(small / "run", tmp_path / "odd")
    OF_ANY_RUN[name](copy)
    renew(copy)
    lead_id = (copy / "assignments.csv").read_text().splitlines()[1].split(",")[0]
    more = [lead_id] if command == "explain" else []
    done = CliRunner().invoke(main, [command, str(copy), *more])
    if command == "fairness" and "price" in name:
        assert done.exit_code == 0
        return
    assert done.exit_code == 3
    assert ".csv" in done.stderr

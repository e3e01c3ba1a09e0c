"""Every call of a solver is silent, in this process and in a worker's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from solver.engines.processes.process import worker_processes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="printf of the C library")

LOUD = """
import ctypes, os, sys
from rightrep import rooms
rooms.put_first()
from ortools.sat.python.cp_model import CpSolver
from solver.engines.flow import min_cost_flow
from solver.engines.mip import race, relaxation
calls = {}
def loud(owner, name):
    solve = getattr(owner, name)
    def printing(*arguments, **options):
        calls[name] = calls.get(name, 0) + 1
        ctypes.CDLL(None).puts(b"solver")
        os.write(1, b"solver\\n"), os.write(2, b"solver\\n")
        return solve(*arguments, **options)
    setattr(owner, name, printing)
loud(min_cost_flow, "solved")
loud(relaxation, "relaxed")
loud(race, "branched")
loud(CpSolver, "solve")
race.FEW = FEW
from cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sorted(calls), file=sys.stderr)
"""
MIXED = """
  - {kind: fair_share, max_share: 1.5}
  - {kind: one_owner, same: visits, strength: soft, penalty: 0.05}
solve:"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("few", "calls"),
    [
        (2000, "branched relaxed solved"),
        pytest.param(0, "relaxed solve solved", marks=pytest.mark.slow),
    ],
    ids=["branch and bound", "search"],
)
def test_json_stays_json_whatever_solvers_print(company, few, calls):
    """Solvers stand in that write to both streams, by C's buffer and by descriptor."""
    scenario = company / "daily.yaml"
    text = scenario.read_text().replace("\nsolve:", MIXED, 1)
    scenario.write_text(text.replace("time_limit: 10", "time_limit: 5"))
    command = ["run", scenario, "--model", company / "daily.model", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-c", LOUD.replace("= FEW", f"= {few}"), *command, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["engine"] == "mip"
    assert "solver" not in done.stdout + done.stderr
    assert set(calls.split()) <= set(done.stderr.splitlines()[-1].split())


def test_a_worker_process_drops_what_a_solver_prints(tmp_path: Path, capfd):
    """Answers come on its stdout all the same; Python's traceback is kept."""
    file = tmp_path / "loud.py"
    file.write_text(
        "import os, sys\n"
        "def solve(number):\n"
        "    os.write(1, b'solver'), os.write(2, b'solver')\n"
        "    print('python', file=sys.stderr)\n"
        "    return {'twice': 2 * number}\n"
    )
    with worker_processes(str(file), 1) as [worker]:
        assert worker.answer(number=21)["twice"] == 42
    assert capfd.readouterr() == ("", "python\n")

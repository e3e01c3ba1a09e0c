import pickle
from io import BytesIO

import pytest

from evaluation.simulation import worker, workers
from evaluation.simulation.result import Result
from evaluation.simulation.task import Task
from evaluation.simulation.workers import simulated
from tests.evaluation.simulation.companies import small

POLICIES = ("random", "round_robin")
TASKS = [Task(small(), seed, POLICIES, 2, 9, 0) for seed in (0, 1)]


def test_a_process_answers_with_one_result_per_policy() -> None:
    """Asked twice, it answers four times, and stops when nobody asks."""
    tasks, answers = BytesIO(b"".join(map(pickle.dumps, TASKS))), BytesIO()
    worker.serve(tasks, answers)
    answers.seek(0)
    found = [worker.answer(answers) for _ in range(4)]
    assert [(one.seed, one.policy) for one in found] == [
        (seed, policy) for seed in (0, 1) for policy in POLICIES
    ]
    with pytest.raises(EOFError):
        worker.answer(answers)


def test_what_ends_a_task_is_raised_here() -> None:
    """The error travels; the process goes on with what is asked next."""
    impossible = Task(small(), 0, POLICIES, 2, 9, n_history=-1)
    asked, answers = [impossible, TASKS[0]], BytesIO()
    worker.serve(BytesIO(b"".join(map(pickle.dumps, asked))), answers)
    answers.seek(0)
    with pytest.raises(ValueError, match="negative"):
        worker.answer(answers)
    assert isinstance(worker.answer(answers), Result)


def test_a_process_that_comes_to_grief_is_named(monkeypatch) -> None:
    """Its exit code, and what may have been the reason."""
    monkeypatch.setattr(workers, "_MAIN", "raise SystemExit(7)")
    with pytest.raises(RuntimeError, match="ended with code 7; memory enough"):
        list(simulated(TASKS, 2))


def test_one_worker_starts_no_process(monkeypatch) -> None:
    """The same results, found here."""
    monkeypatch.setattr(workers, "_start", None)
    found = list(simulated(TASKS, 1))
    assert [one.policy for one in found] == [*POLICIES, *POLICIES]

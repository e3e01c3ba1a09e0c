"""A process that does the daily job stage by stage, and prints what each one took."""

import builtins
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

IMPORTS, START = "imports", "start of Python"


class Stages:
    """Processor seconds of stages; one inside another counts for itself only."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter({START: process_time()})
        self._open = [START]
        self._since = process_time()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile for this stage."""
        self._settle()
        self._open.append(name)
        try:
            yield
        finally:
            self._settle()
            self._open.pop()

    def counting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, whose calls count for this stage."""

        @wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            with self.of(name):
                return function(*arguments, **named)

        return counted

    def _settle(self) -> None:
        now = process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now


def do_the_day(stages: Stages, scenario: Path, model: Path, out: Path) -> None:
    """Do what ``rightrep run --model --out`` does, one stage after the other."""
    from reporting import new_folder
    from runs.folder import files
    from runs.job import daily_job, scored
    from runs.prepared import prepared

    own = {
        (prepared, "saved_model"): "loading the model",
        (daily_job, "prepare"): "reading",
        (daily_job, "score"): "scoring",
        (scored, "build_day"): "building",
        (daily_job, "solve_day"): "solving",
        (daily_job, "rule_costs"): "rule costs",
        (daily_job, "violations"): "checking",
        (files, "_page"): "report",
    }
    for (module, name), stage in own.items():
        setattr(module, name, stages.counting(stage, getattr(module, name)))
    with stages.of("all else"):
        job = daily_job.allocate(scenario, None, model)
    with stages.of("tables"):
        content = files.run_files(job, model)
    with stages.of("writing"), new_folder(out, content, replace=True):
        pass


def main() -> None:
    """Print stage -> processor seconds as JSON."""
    stages = Stages()
    builtins.__import__ = stages.counting(IMPORTS, builtins.__import__)
    with stages.of("all else"):
        do_the_day(stages, *map(Path, sys.argv[1:]))
    print(json.dumps({name: round(s, 3) for name, s in stages.seconds.items()}))


if __name__ == "__main__":
    main()

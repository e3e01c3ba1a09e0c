"""Whether processes can be started that work beside this one."""

import multiprocessing
from collections.abc import Iterator
from time import perf_counter

from joblib.externals.loky import ProcessPoolExecutor

from runs.machine.machine_part import MachinePart, State

SECONDS = 60.0


def processes() -> Iterator[MachinePart]:
    """Yield how long it took until another process had computed something."""
    began = perf_counter()
    executor = ProcessPoolExecutor(max_workers=1)
    try:
        answer = executor.submit(divmod, 22, 7).result(timeout=SECONDS)
    finally:
        executor.shutdown(kill_workers=True)
    took = 1000 * (perf_counter() - began)
    state = State.OK if answer == (3, 1) else State.BROKEN
    method = multiprocessing.get_start_method()
    measured = f"one had answered after {took:.0f} ms; start method {method}"
    yield MachinePart("processes", state, measured)

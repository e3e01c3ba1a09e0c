"""The main loop of a worker process: questions on stdin, answers on stdout.

Run as a script with the path of a file whose ``solve`` takes and returns named arrays.
Neither imports anything of the project, so that the process starts at once.
"""

import os
import runpy
import sys
from pathlib import Path
from typing import IO


def own_stdout() -> IO[bytes]:
    """Return stdout for answers alone; what a solver prints is dropped.

    Python's own stderr stays, for the traceback of a failure.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    if sys.stderr is not None:
        sys.stderr = os.fdopen(os.dup(sys.stderr.fileno()), "w", 1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    return answers


def main(file: str) -> None:
    """Answer every question with the file's ``solve``, until stdin ends."""
    pipe = runpy.run_path(str(Path(__file__).with_name("arrays.py")))
    solve, answers = runpy.run_path(file)["solve"], own_stdout()
    while True:
        try:
            question = pipe["receive"](sys.stdin.buffer)
        except EOFError:
            return
        pipe["send"](answers, **solve(**question))


if __name__ == "__main__":
    main(sys.argv[1])

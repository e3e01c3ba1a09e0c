"""Benchmarks of the evaluation: coverage, randomisation, fairness, simulation."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python looks in this file's folder first, where `evaluation` is this very file.
    sys.path[0] = str(Path(__file__).parents[1])
    from benchmarks.evaluation_command import main

    main()

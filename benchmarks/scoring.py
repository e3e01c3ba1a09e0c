"""What the scores are worth: on public data, in worlds with known truth, at scale."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python looks in this file's folder first, where `scoring` is this very file.
    sys.path[0] = str(Path(__file__).parents[1])
    from benchmarks.scoring_command import main

    main()

"""How good the scores are: on public data, in synthetic worlds, at scale."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python looks in this file's folder first, where `scoring` is this very file.
    sys.path[0] = str(Path(__file__).parents[1])
    from benchmarks.scoring_command import main

    main()

"""Kills worker processes when their parent has ended.

Run as a script with their ids. A process that is busy outside the interpreter cannot
notice that nobody waits for it any more; this one can, because its stdin closes.
"""

import contextlib
import os
import signal
import sys

if __name__ == "__main__":
    sys.stdin.read()
    for process in sys.argv[1:]:
        with contextlib.suppress(OSError):
            os.kill(int(process), signal.SIGTERM)

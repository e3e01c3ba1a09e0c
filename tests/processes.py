"""Whether processes have ended."""

import time
from pathlib import Path


def have_ended(pids: list[int]) -> bool:
    """Tell whether all end within ten seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False

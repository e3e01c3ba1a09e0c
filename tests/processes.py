"""Scripts whose processes say who they are, and whether processes have ended."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def start(code: str, folder: Path) -> subprocess.Popen[str]:
    """Start a script whose processes leave files in the folder, named by their ids."""
    script = folder.parent / f"{folder.name}.py"
    script.write_text(code.replace("sys.argv[1]", repr(str(folder))))
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def pids_in(folder: Path, count: int) -> list[int]:
    """Wait until so many processes are at work, and return their ids."""
    for _ in range(600):
        pids = [int(path.name) for path in folder.iterdir()]
        if len(pids) == count:
            return pids
        time.sleep(0.1)
    raise AssertionError("no process has begun")


def have_ended(pids: list[int]) -> bool:
    """Tell whether all end within ten seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False

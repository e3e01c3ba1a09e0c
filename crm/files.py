"""Files that are to be read: why one cannot be, before it is opened."""

import os
from pathlib import Path


def why_unreadable(path: Path) -> str:
    """Return why there is nothing to read at this path, ``""`` where there is.

    Folders, devices and pipes are refused, since reading them may never end.
    """
    if os.path.isfile(path):
        return "" if os.access(path, os.R_OK) else "may not be read (permissions)"
    if os.path.exists(path):
        return "expected a file, not a folder or a device"
    if os.path.islink(path):
        return "is a link that leads nowhere"
    return _missing(path)


def _missing(path: Path) -> str:
    """Return that the file is missing, and what differs in suffix or case only."""
    if not os.path.isdir(path.parent):
        return f"no such file, and no folder {path.parent}"
    stem = path.stem.lower()
    near = sorted(p.name for p in path.parent.iterdir() if p.stem.lower() == stem)
    hint = f"; there is {', '.join(near)}" if near else f" in {path.parent}"
    return f"no such file{hint}"

"""``python -m rightrep``: the same as the command ``rightrep``."""

from rightrep.command import script

if __name__ == "__main__":
    script()

"""``python -m rightrep``: the same as the command ``rightrep``."""

from rightrep.command import main

if __name__ == "__main__":
    main()

"""The console script: our own packages first, then the command line."""

import sys

from rightrep import rooms

INTERNAL = 1


def main() -> None:
    """Run the command line of rightrep.

    A folder on PYTHONPATH or an installed package may be called ``cli``, ``crm``,
    ``solver`` ... as well: ours come first, and if one still wins, that is an error.
    """
    rooms.put_first()
    try:
        rooms.refuse_foreign(*rooms.ROOMS)
    except rooms.ForeignModuleError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(INTERNAL)
    from cli import main as command

    command(prog_name="rightrep")

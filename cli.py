"""The command line of rightrep."""

import sys
from io import TextIOWrapper

import click

from commands import COMMANDS


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: rightrep demo",
)
@click.version_option(package_name="rightrep", prog_name="rightrep")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
def main(debug: bool) -> None:
    """The right rep for every lead.

    Gives out a day's leads at once, so that the sum of what the model expects is
    largest while every rule holds, and proves it.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal cannot show is no reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")


for each in COMMANDS:
    main.add_command(each)


if __name__ == "__main__":
    main()

"""The command line of rightrep."""

import sys
from io import TextIOWrapper

import click

from commands import COMMANDS
from commands.command import load_plugins


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: rightrep demo",
)
@click.version_option(package_name="rightrep", prog_name="rightrep")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    envvar="RIGHTREP_PLUGINS",
    help="A Python file or module that registers rules or policies; repeat for more.",
)
def main(debug: bool, plugins: tuple[str, ...]) -> None:
    """The right rep for every lead.

    Assigns a day's leads at once, so that the sum of what the model expects is
    largest while every rule holds, and proves it.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal cannot show is no reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")
    load_plugins(plugins)


for each in COMMANDS:
    main.add_command(each)


if __name__ == "__main__":
    main()

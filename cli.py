"""The command line of rightrep."""

import os
import sys
from typing import Any

import click

from commands import COMMANDS
from commands.command.command import load_plugins
from commands.shell.drawing import ignore_drawing_styles
from commands.shell.groups import NamingGroup
from commands.shell.streams import StreamError, visible_streams

__all__ = ["ignore_drawing_styles", "main"]


COMPLETING = "_RIGHTREP_COMPLETE"
"""Set by a shell that asks what could come next, and reads the answer itself."""


class CommandGroup(NamingGroup):
    """The commands, with nothing of tables, files or names obeyed by a terminal."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command as the console script does."""
        if COMPLETING in os.environ:
            return super().main(*arguments, **options)
        with visible_streams():
            try:
                return super().main(*arguments, **options)
            except StreamError as error:
                click.echo(f"error: {error.filename}: {error.strerror}", err=True)
                sys.exit(1)


@click.group(
    cls=CommandGroup,
    # With color, click leaves escapes to us; it would drop them without a trace.
    context_settings={"help_option_names": ["-h", "--help"], "color": True},
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
    load_plugins(plugins)


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()

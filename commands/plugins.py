"""Rules and policies from outside, loaded before a command runs."""

import click


def load_plugins(names: tuple[str, ...]) -> None:
    """Load plug-ins, or end with what is wrong with one."""
    if not names:
        return
    from solver.registry.plugins import PluginError, load_plugin

    try:
        for name in names:
            load_plugin(name)
    except PluginError as error:
        raise click.UsageError(str(error)) from error

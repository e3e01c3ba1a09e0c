"""Rules and policies from outside, loaded before a command runs."""

import click


def load_plugins(names: tuple[str, ...]) -> None:
    """Load plug-ins, or end with what is wrong with one; name those that do nothing."""
    if not names:
        return
    from solver import POLICIES, RULES
    from solver.registry.plugins import PluginError, load_plugin

    for name in dict.fromkeys(names):
        before = POLICIES.n_registrations + RULES.n_registrations
        try:
            load_plugin(name)
        except PluginError as error:
            raise click.UsageError(str(error)) from error
        if POLICIES.n_registrations + RULES.n_registrations == before:
            warning = f"the plug-in {name} registers no rule and no policy"
            click.echo(f"warning: {warning}", err=True)

"""Completion in shells: the script that makes them offer what fits."""

import click

from commands.command.command import command

FISH = "~/.config/fish/completions/rightrep.fish"
INSTALLED = {
    "bash": """in ~/.bashrc: eval "$(rightrep completion bash)\"""",
    "zsh": """in ~/.zshrc, after compinit: eval "$(rightrep completion zsh)\"""",
    "fish": f"once: rightrep completion fish > {FISH}",
}
"""Shell -> what makes it complete from then on."""


@command('eval "$(rightrep completion bash)"')
@click.argument("shell", type=click.Choice(list(INSTALLED)))
def completion(shell: str) -> None:
    """Print the script that completes commands, options, files, ids and keys.

    bash and zsh: put the example, with the name of the shell, into ~/.bashrc or
    ~/.zshrc; fish: write it to ~/.config/fish/completions/rightrep.fish.
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root()
    made = get_completion_class(shell)
    assert made is not None
    script = made(root.command, {}, "rightrep", "_RIGHTREP_COMPLETE").source()
    click.echo(f"# For every new shell, {INSTALLED[shell]}\n{script}")

"""Help says of every command what its options are, in the same words everywhere."""

import shlex
from collections import defaultdict

import click
import pytest

from cli import main
from commands.command.command import POLICY_NAMES
from solver import POLICIES


def commands_of(group, path=()):
    """Yield the words and the command of each command, subcommands as well."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands_of(main))
MEANINGS = {
    **dict.fromkeys(("--as-of", "--json", "--format", "--only", "--replace"), 1),
    **{"--data": 2, "--by": 2, "--at": 3, "--model": 4},
}
"""Option -> how many meanings of it are told apart."""


def options_of(command):
    """Return the options of a command, by their longest name."""
    return {
        max(option.opts, key=len): option
        for option in command.params
        if isinstance(option, click.Option)
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_told(words):
    """None has a name only, and no argument is shown as a format of dates."""
    command = COMMANDS[words]
    assert all(option.help for option in options_of(command).values())
    assert "%Y" not in command.get_help(click.Context(command))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_example_is_one_that_the_command_takes(words):
    """Its options exist, its arguments are neither too many nor too few."""
    command = COMMANDS[words]
    example = command.epilog.removeprefix("Example: ")
    typed = shlex.split(example, comments=False)
    if typed[0] == "eval":
        typed = shlex.split(typed[1].removeprefix("$(").removesuffix(")"))
    typed = typed[: typed.index(">")] if ">" in typed else typed
    assert tuple(typed[1 : len(words) + 1]) == words
    command.make_context("rightrep", typed[len(words) + 1 :])


def test_an_option_means_one_thing():
    """The same name has the same words, but where meanings are told apart."""
    meanings = defaultdict(set)
    for command in COMMANDS.values():
        for name, option in options_of(command).items():
            meanings[name].add(option.help)
    for name, n_meanings in MEANINGS.items():
        assert len(meanings[name]) == n_meanings, (name, meanings[name])


def test_all_policies_are_named_in_help():
    """Which ones there are is not found by a wrong name only."""
    assert tuple(POLICIES)[: len(POLICY_NAMES)] == POLICY_NAMES
    text = COMMANDS["compare",].get_help(click.Context(COMMANDS["compare",]))
    assert all(name in text for name in POLICY_NAMES)

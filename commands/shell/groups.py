"""Groups of commands that name the near one of a word they do not know."""

from collections.abc import Sequence

import click

LIKENESS, CERTAIN = 0.6, 0.9
"""From which a word may be meant, and from which no other is."""
MOST = 3
OTHER_WORDS = {
    "allocate": "run",
    "assign": "run",
    "distribute": "run",
    "route": "run",
    "solve": "run",
    "validate": "check",
    "lint": "check",
    "fit": "train",
    "predict": "score",
    "why": "explain",
    "metrics": "kpi",
    "report": "kpi",
    "new": "init",
}
"""What other tools call a command -> the command."""


class NamingGroup(click.Group):
    """A group that says which command may be meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command and its arguments."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            word = args[0]
            if word.startswith("-"):
                raise
            meant = near_commands(word, [*self.commands])
            hint = f"; did you mean {' or '.join(map(repr, meant))}?" if meant else ""
            text = f"No such command {word!r}{hint}"
            raise click.UsageError(text, error.ctx or ctx) from error


def near_commands(word: str, commands: Sequence[str]) -> list[str]:
    """Return the commands that a word may mean, the nearest first."""
    from difflib import SequenceMatcher, get_close_matches

    others = {other: own for other, own in OTHER_WORDS.items() if own in commands}
    known = {**others, **{name: name for name in commands}}
    near = get_close_matches(word.lower(), list(known), MOST, LIKENESS)
    if near and SequenceMatcher(None, near[0], word.lower()).ratio() >= CERTAIN:
        near = near[:1]
    return list(dict.fromkeys(known[name] for name in near))

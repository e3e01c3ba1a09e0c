"""Words that are no command or option name the near one."""

import pytest
from click.testing import CliRunner

from cli import main
from commands.shell.groups import near_commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["alocate"], "No such command 'alocate'; did you mean 'run'?"),
        (["compre"], "did you mean 'compare'?"),
        (["Verify"], "did you mean 'verify'?"),
        (["ledger", "chek"], "No such command 'chek'; did you mean 'check'?"),
        (["rep", "facs"], "did you mean 'facts'?"),
        (["compare", "x.yaml", "--modle", "m"], "--model"),
        (["--plugn", "x"], "--plugin"),
    ],
)
def test_the_near_one_is_named(arguments, said):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2 and said in done.stderr


def test_far_words_name_nothing():
    done = CliRunner().invoke(main, ["xyzzy"])
    assert done.stderr.strip().endswith("No such command 'xyzzy'")
    assert near_commands("distribute", ["fairness"]) == []

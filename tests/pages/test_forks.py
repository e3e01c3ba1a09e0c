"""Commands that share their imports are processes of their own in all else."""

import os
import subprocess

import pandas as pd
import pytest

from tests.pages.forks.fits import once


@pytest.fixture
def told(forked, tmp_path):
    """Return a function that gives a line to a shell, in an empty folder."""

    def given(line):
        path = os.pathsep.join([str(forked), os.environ["PATH"]])
        return subprocess.run(
            ["bash", "-c", line],
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | {"PATH": path},
            text=True,
        )

    return given


def test_a_command_ends_as_it_would_alone(told):
    """With its exit code, and with what it prints where it prints it."""
    done = told("rightrep schema")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"rightrep scenario"' in done.stdout
    done = told("rightrep check absent.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    assert "absent.yaml" in done.stderr


def test_folder_and_environment_are_the_callers(told, tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "own.py").write_text("import os; print(os.environ['WORD'])\n")
    done = told("cd inner && WORD=here rightrep --plugin own.py schema")
    assert done.stdout.splitlines()[0] == "here"
    assert told("rightrep --plugin own.py schema").returncode == 2
    done = told("cd inner && rightrep --debug --plugin own.py schema")
    assert "KeyError: 'WORD'" in done.stderr


def test_a_pipe_of_two_commands(told):
    """Both run at once: the first prints more than a pipe holds."""
    done = told("rightrep schema | rightrep schema | cat; exit ${PIPESTATUS[0]}")
    assert done.returncode == 0, done.stderr


def test_a_command_that_is_killed(told, tmp_path):
    """Ends as a shell tells it, and the next command is started none the less."""
    (tmp_path / "own.py").write_text("import os; os.kill(os.getpid(), 9)\n")
    assert told("rightrep --plugin own.py schema").returncode == 128 + 9
    assert told("rightrep schema").returncode == 0


def test_what_one_imports_the_next_finds(told, tmp_path):
    """And nothing else is left of it: each plug-in is loaded anew."""
    own = "import sys; print('pandas.core' in sys.modules, 'mine' in globals())\n"
    (tmp_path / "own.py").write_text(f"{own}mine = True; import pandas\n")
    told("rightrep --plugin own.py schema")
    done = told("rightrep --plugin own.py schema")
    assert done.stdout.splitlines()[0] == "True False"


def test_what_one_fits_others_find(tmp_path):
    """For the same content, whoever made it; for other content it is fitted anew."""
    fitted = []

    def fit(table, weight):
        fitted.append(weight)
        return table * weight

    for weight in (2, 2, 3):
        table = pd.DataFrame({"visits": [1.0, 2.0], "city": ["Lyon", "Bonn"]})
        again = once(fit, tmp_path)(table[["visits"]], weight=weight)
        assert again["visits"].tolist() == [weight, 2.0 * weight]
    assert fitted == [2, 3]

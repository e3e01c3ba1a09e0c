"""A signal ends the command with 130 and one line, from the first import on."""

import signal
import subprocess
import sys

import pytest

from rightrep.command import LINE

# A command that is being imported, and one that has begun: each says so, and waits.
IMPORTING = """
import sys, time
class Waiting:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            print("waiting", flush=True)
            time.sleep(60)
sys.meta_path.insert(0, Waiting())
from rightrep.command import main
main()
"""


@pytest.mark.parametrize("name", ["cli", "click", "commands", "crm", "pandas"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_while_importing(tmp_path, name, sent):
    """Wherever an import is."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTING.format(name=name), "check", "x.yaml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdout
    assert process.stdout.readline() == b"waiting\n"
    process.send_signal(sent)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, LINE)


def test_a_caller_that_ignores_interrupts(tmp_path):
    """As nohup does: the command goes on."""
    before = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", before + IMPORTING.format(name="click"), "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdout
    assert process.stdout.readline() == b"waiting\n"
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.kill()
    process.communicate()

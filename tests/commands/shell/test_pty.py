"""A real terminal is sent progress and weights, a pipe nothing but the text."""

import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty")
START = [sys.executable, "-m", "rightrep", "explain", "run", "L001"]


def on_terminal(folder, **environment):
    """Return what a command sends to a terminal."""
    main, end = pty.openpty()
    variables = os.environ | {"TERM": "xterm", "COLUMNS": "80"} | environment
    process = subprocess.Popen(
        START, stdin=end, stdout=end, stderr=end, cwd=folder, env=variables
    )
    os.close(end)
    parts = []
    try:
        while part := os.read(main, 65536):
            parts.append(part)
    except OSError:
        pass  # The other end is closed.
    os.close(main)
    assert process.wait() == 0
    return b"".join(parts).decode()


@pytest.mark.slow
def test_a_terminal_shows_weights_and_a_pipe_gets_text(small):
    shown = on_terminal(small)
    assert "\x1b[1mlead" in shown and "\x1b[0m" in shown
    assert "\x1b" not in on_terminal(small, NO_COLOR="1")
    piped = subprocess.run(START, capture_output=True, text=True, cwd=small)
    assert "\x1b" not in piped.stdout + piped.stderr
    assert piped.stdout.startswith("lead ")

"""What solvers print reaches nobody; what Python prints meanwhile still does."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="printf of the C library")

PRELUDE = """
import ctypes, os, sys
from solver.engines.processes.silence import silenced
def native(text):
    ctypes.CDLL(None).printf(text.encode() + b" by printf\\n")
    for descriptor in (1, 2):
        os.write(descriptor, text.encode() + b" by write\\n")
"""


def printed(script, *options):
    """Return the lines that a process writes to stdout and to stderr."""
    done = subprocess.run(
        [sys.executable, *options, "-c", PRELUDE + script],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines(), done.stderr.splitlines()


@pytest.mark.parametrize("options", [[], ["-u"]])
def test_python_is_heard_meanwhile_and_everything_before_and_after(options):
    """C keeps in its buffer what it prints to a pipe; that is dropped or kept too."""
    script = """
native("before")
with silenced():
    native("solver")
    with silenced():
        print("inside")
        print("progress", file=sys.stderr)
    native("solver")
native("after")
print(sys.stdout.buffer.name)
"""
    out, err = printed(script, *options)
    expected = ["before by printf", "before by write", "inside"]
    expected += ["after by printf", "after by write", "<stdout>"]
    assert sorted(out) == sorted(expected)
    assert err == ["before by write", "progress", "after by write"]


def test_blocks_of_several_threads_overlap():
    """Four come and go while a fifth prints without pause."""
    script = """
from threading import Thread
def solves():
    for _ in range(300):
        with silenced():
            native("solver")
threads = [Thread(target=solves) for _ in range(4)]
with silenced():
    for thread in threads:
        thread.start()
    for number in range(2000):
        print(number, flush=True)
    for thread in threads:
        thread.join()
os.write(1, b"over\\n")
"""
    assert printed(script) == ([*map(str, range(2000)), "over"], [])


def test_an_error_inside_gives_the_streams_back():
    """Also an interrupt."""
    script = """
try:
    with silenced():
        raise KeyboardInterrupt
except KeyboardInterrupt:
    native("heard")
"""
    out, err = printed(script)
    assert sorted(out) == ["heard by printf", "heard by write"]
    assert err == ["heard by write"]


def test_a_process_without_streams_keeps_what_has_their_numbers():
    """A daemon closes its streams; a file that it opens may be number 1."""
    script = """
out = os.dup(1)
sys.__stdout__ = sys.stdout = sys.__stderr__ = sys.stderr = None
os.close(1), os.close(2)
os.dup2(out, 1)
with silenced():
    os.write(1, b"a row of its file\\n")
"""
    assert printed(script) == (["a row of its file"], [])


def test_a_stream_that_was_closed_is_left_alone():
    """The other one is silenced all the same."""
    script = """
os.close(2)
with silenced():
    os.write(1, b"solver")
print("done")
"""
    assert printed(script)[0] == ["done"]


def test_a_forked_process_is_heard():
    """No solver runs there."""
    script = """
with silenced():
    if os.fork() == 0:
        print("child", flush=True)
        os.write(1, b"child by write\\n")
        os._exit(0)
    os.wait()
    os.write(1, b"solver")
"""
    assert printed(script) == (["child", "child by write"], [])

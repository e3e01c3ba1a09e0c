"""What one process sends is what the other receives: values, kinds and shapes."""

import os
import threading
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from solver.engines.processes.arrays import receive, send

KINDS = st.sampled_from(["<i4", "<i8", "<f8", "|b1", "<U7"])
ANY_ARRAY = KINDS.flatmap(
    lambda kind: arrays(kind, array_shapes(min_dims=0, min_side=0, max_side=4))
)


@pytest.mark.slow
@given(st.dictionaries(st.text(min_size=1), ANY_ARRAY))
def test_any_arrays_come_through(sent):
    """Numbers, texts and truth, of no, one or several dimensions, empty ones too."""
    pipe = BytesIO()
    send(pipe, **sent)
    pipe.seek(0)
    received = receive(pipe)
    assert list(received) == list(sent)
    for name, array in sent.items():
        assert received[name].dtype == array.dtype
        assert received[name].shape == array.shape
        np.testing.assert_array_equal(received[name], array)


def test_numbers_and_words_are_arrays_without_dimensions():
    """As a solver is told its kind and its deadline."""
    pipe = BytesIO()
    send(pipe, kind="branched", deadline=1.5)
    pipe.seek(0)
    received = receive(pipe)
    assert (str(received["kind"]), float(received["deadline"])) == ("branched", 1.5)


def test_more_than_a_pipe_holds_at_once():
    """A pipe gives large arrays in parts."""
    reading, writing = os.pipe()
    sent = np.arange(300_000)
    with open(writing, "wb") as into, open(reading, "rb", buffering=0) as out:
        thread = threading.Thread(target=send, args=[into], kwargs={"array": sent})
        thread.start()
        received = receive(out)["array"]
        thread.join()
    np.testing.assert_array_equal(received, sent)


@pytest.mark.parametrize("kept", [0, 3, 40, -1])
def test_a_writer_that_ended_is_told(kept):
    """Before, within and after the description, and within an array."""
    pipe = BytesIO()
    send(pipe, array=np.arange(9))
    with pytest.raises(EOFError):
        receive(BytesIO(pipe.getvalue()[:kept]))

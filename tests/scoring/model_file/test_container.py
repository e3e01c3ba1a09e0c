import io
import json
import os
import threading
import tracemalloc
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
import pytest

from scoring.model_file import container as module
from scoring.model_file.container import (
    ModelFileError,
    model_bytes,
    opened,
    packed,
    stated_versions,
    unpacked,
)
from tests.scoring.model_file.damage import sealed

TREE = {"is": "tuple", "content": [1.5, None]}
ARRAYS = [np.arange(3.0), np.zeros((2, 0), dtype=np.int32), np.array("text")]


@pytest.fixture
def path(tmp_path):
    (tmp_path / "model").write_bytes(model_bytes({"numpy": "2"}, packed(TREE, ARRAYS)))
    return tmp_path / "model"


def unpack(path):
    with opened(path) as file:
        return stated_versions(file), *unpacked(file)


def archive_of(files, method=ZIP_STORED):
    archive = io.BytesIO()
    with ZipFile(archive, "w", method) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return archive.getvalue()


def test_what_was_packed_is_unpacked(path):
    """Versions, tree and arrays come back, with their types and shapes."""
    versions, tree, arrays = unpack(path)
    assert (versions, tree) == ({"numpy": "2"}, TREE)
    assert [(a.dtype, a.shape) for a in arrays] == [(a.dtype, a.shape) for a in ARRAYS]
    assert all(np.array_equal(*pair) for pair in zip(arrays, ARRAYS, strict=True))


def test_the_bytes_tell_neither_time_nor_gaps():
    """Records with gaps between their fields are the same whatever fills the gaps."""
    aligned = np.dtype([("a", "u1"), ("b", "f8")], align=True)
    noise = np.frombuffer(bytes(range(32)), dtype=aligned)
    silent = np.zeros(2, dtype=aligned)
    silent["a"], silent["b"] = noise["a"], noise["b"]
    assert packed(TREE, [noise]) == packed(TREE, [silent])


@pytest.mark.parametrize("first", [b"", module.NAME.encode() + b" 3 0\n"])
def test_a_giant_file_is_refused_unread(tmp_path, first):
    """Twenty gigabytes, of ours by the first line or not: refused at once."""
    path = tmp_path / "giant"
    with path.open("wb") as file:
        file.write(first)
        file.truncate(20 << 30)
    tracemalloc.start()
    with pytest.raises(ModelFileError, match=r"not a rightrep model|is larger than"):
        unpack(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_first_line_without_an_end_is_refused(path):
    """No more of it is read than a first line has."""
    path.write_bytes(b"rightrep model 3 " + b"0" * 100_000)
    with pytest.raises(ModelFileError, match="changed or cut"):
        unpack(path)


@pytest.mark.parametrize("number", ["2", "4", "three", ""])
def test_other_formats_are_named(path, number):
    """A file of another format says which, and what to do."""
    path.write_bytes(f"rightrep model {number} 0\n".encode())
    with pytest.raises(ModelFileError, match=rf"format is '{number}'.*train again"):
        unpack(path)


def test_a_pipe_is_no_model(tmp_path):
    """What cannot be read twice is refused, not waited for."""
    os.mkfifo(tmp_path / "pipe")
    write = (tmp_path / "pipe").write_bytes
    writer = threading.Thread(target=write, args=(sealed(b"{}\n"),))
    writer.start()
    with pytest.raises(ModelFileError, match=r"cannot be read|changed or cut"):
        unpack(tmp_path / "pipe")
    writer.join()


NPY = io.BytesIO()
np.save(NPY, np.arange(3.0))
ARCHIVES = {
    "no archive": b"not an archive",
    "compressed": archive_of({"model.json": "0" * 10**6}, ZIP_DEFLATED),
    "other names": archive_of({"schema.json": "{}"}),
    "no tree": archive_of({"arrays/0.npy": NPY.getvalue()}),
    "a gap": archive_of({"model.json": "{}", "arrays/1.npy": NPY.getvalue()}),
    "a path": archive_of({"model.json": "{}", "../0.npy": NPY.getvalue()}),
    "no array": archive_of({"model.json": "{}", "arrays/0.npy": b"text"}),
    "cut array": archive_of({"model.json": "{}", "arrays/0.npy": NPY.getvalue()[:-9]}),
    "no JSON": archive_of({"model.json": "{"}),
    "deep JSON": archive_of({"model.json": "[" * 100_000}),
}


@pytest.mark.parametrize("archive", ARCHIVES.values(), ids=ARCHIVES)
def test_other_archives_are_refused(path, archive):
    """Compressed, with other files, or with files that are not what they are called."""
    path.write_bytes(sealed(b"{}\n" + archive))
    with pytest.raises(Exception), opened(path) as file:  # noqa: B017
        stated_versions(file)
        unpacked(file)


def test_files_that_share_their_bytes_are_refused(path):
    """An archive whose files are longer than itself would fill the memory."""
    body = archive_of({"model.json": "{}", "arrays/0.npy": NPY.getvalue()})
    with ZipFile(io.BytesIO(body)) as zipped:
        one = zipped.infolist()[1]
    names = ["model.json", *(f"arrays/{k}.npy" for k in range(200))]
    directory = b"".join(entry(body, one, name) for name in names)
    end = body.rindex(b"PK\5\6")
    start = body.index(b"PK\1\2")
    tail = body[end : end + 8] + len(names).to_bytes(2, "little") * 2
    tail += len(directory).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    path.write_bytes(sealed(b"{}\n" + body[:start] + directory + tail))
    with pytest.raises(Exception, match=r"more than the file|verlap|differ"):
        unpack(path)


def entry(body, info, name):
    """A line of an archive's directory that points to the bytes of another file."""
    place = body.index(b"PK\1\2", body.index(b"PK\1\2") + 1)
    head = bytearray(body[place : place + 46])
    head[28:30] = len(name).to_bytes(2, "little")
    size = (10**6).to_bytes(4, "little")
    head[20:24] = head[24:28] = size
    return bytes(head) + name.encode()


def test_arrays_of_objects_are_never_unpickled(path):
    """A pickle among the arrays is not opened."""
    saved = io.BytesIO()
    np.save(saved, np.array([print], dtype=object), allow_pickle=True)
    archive = archive_of({"model.json": "{}", "arrays/0.npy": saved.getvalue()})
    path.write_bytes(sealed(json.dumps({}).encode() + b"\n" + archive))
    with pytest.raises(ValueError, match="allow_pickle"):
        unpack(path)

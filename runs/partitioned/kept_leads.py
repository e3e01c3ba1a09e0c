"""The checked leads of a partition, kept so that they are read and scored once."""

from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import TypeAdapter

from crm import Issue
from scenarios.errors import ScenarioIssue

_Told = tuple[Literal["scenario"], ScenarioIssue] | tuple[Literal["table"], Issue]
_TOLD: TypeAdapter[list[_Told]] = TypeAdapter(list[_Told])
_WARNINGS = b"warnings"


def packed(leads: pd.DataFrame, warnings: tuple[Issue, ...]) -> NDArray[np.uint8]:
    """Return leads and the warnings of their tables as bytes.

    Parameters
    ----------
    leads
        Numbers, truths, times and texts, as `CrmData` has them.
    """
    from pyarrow import BufferOutputStream, Table
    from pyarrow.ipc import IpcWriteOptions, new_stream

    table = Table.from_pandas(leads, preserve_index=False)
    told = [_told(warning) for warning in warnings]
    table = table.replace_schema_metadata({_WARNINGS: _TOLD.dump_json(told)})
    sink = BufferOutputStream()
    options = IpcWriteOptions(compression="zstd")
    with new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    return np.frombuffer(sink.getvalue(), dtype=np.uint8)


def unpacked(kept: NDArray[np.uint8]) -> tuple[pd.DataFrame, tuple[Issue, ...]]:
    """Return what :func:`packed` was given."""
    from pyarrow import py_buffer
    from pyarrow.ipc import open_stream

    with open_stream(py_buffer(kept)) as stream:
        table = stream.read_all()
    leads = pd.DataFrame({name: _column(table[name]) for name in table.column_names})
    told = _TOLD.validate_json(table.schema.metadata[_WARNINGS])
    return leads, tuple(warning for _, warning in told)


def _told(warning: Issue) -> _Told:
    """Return a warning with what it is of, since they have words of their own."""
    if isinstance(warning, ScenarioIssue):
        return "scenario", warning
    return "table", warning


def _column(values: Any) -> pd.Series:
    from pyarrow.types import is_string

    if is_string(values.type):
        return pd.Series(values.to_numpy(), dtype=object)
    column: pd.Series = values.to_pandas()
    return column

"""People who have left, as systems mark them in their names."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crm.issues import Issue, listed
from crm.table import Table

_MARK = re.compile(
    r"\s*[(\[](?:deactivated|inactive|disabled|deleted|removed|former|left|ex|"
    r"deaktiviert|inaktiv|ausgeschieden|gelöscht|désactivé|inactif|supprimé)"
    r"(?: (?:user|owner|employee|benutzer|nutzer|utilisateur))?[)\]]\s*$",
    re.IGNORECASE,
)
NAMED = 6


def without_mark(name: str) -> str:
    """Return a name without ``(Deactivated User)`` and the like at its end."""
    return _MARK.sub("", name)


def without_departed(
    tables: Mapping[str, Table],
) -> tuple[dict[str, Table], list[Issue]]:
    """Return the typed tables, reps marked as departed inactive, and who they are."""
    if "reps" not in tables:
        return dict(tables), []
    reps = tables["reps"]
    frame = reps.frame
    gone = frame["rep_id"].str.contains(_MARK) | frame["name"].str.contains(_MARK)
    gone &= frame["active"]
    if not gone.any():
        return dict(tables), []
    who = listed(frame.loc[gone, "rep_id"].tolist(), NAMED)
    message = f"{gone.sum():,} reps have left by their names, and get no leads: {who}"
    told = Issue(reps.file, message, None, "active", severity="warning")
    frame = frame.assign(active=frame["active"] & ~gone)
    return {**tables, "reps": replace(reps, frame=frame)}, [told]

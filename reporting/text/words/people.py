"""People by name, as every text calls them."""

from collections.abc import Mapping


def rep_name(rep_id: str, names: Mapping[str, str]) -> str:
    """Return a rep by name and id: ``Ann Lee (R08)``; by id alone without a name.

    Parameters
    ----------
    names
        rep_id -> name.
    """
    name = names.get(rep_id, "").strip()
    return f"{name} ({rep_id})" if name and name != rep_id else rep_id

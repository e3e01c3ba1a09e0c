"""What a manager fills in of a run's workbook, by its sheets and columns."""

ASSIGNED, UNASSIGNED, KEPT = "Assignments", "Unassigned", "Kept"
NAME = "rep"
"""Column of names with ids, which says who a rep id is."""
MANIFEST = "Manifest"
OVERRIDE, WHY = "override_rep_id", "override_reason"
RUN_ID = "run_id"
"""The line of the manifest that says which run a workbook is of."""

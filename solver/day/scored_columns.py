"""Columns that scoring adds to the day's tables, so that rules can speak of scores."""

P_CONVERT = "p_convert"
"""Of leads: P(convert) with an average rep."""
EXPECTED_VALUE = "expected_value"
"""Of leads: the same times what the lead counts for once won."""
ASSIGNED_CONVERSION = "assigned_conversion"
"""Of reps: shrunken conversion of the leads they were assigned."""

SCORED = {
    "leads": frozenset({P_CONVERT, EXPECTED_VALUE}),
    "reps": frozenset({ASSIGNED_CONVERSION}),
}
"""Table -> the columns added to it."""

"""Features of a lead: which columns are used, and how they are encoded."""

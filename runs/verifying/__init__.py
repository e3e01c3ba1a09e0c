"""A run folder audited: every file held against what its inputs say."""

"""What the ledger tells of a company: figures, lives of leads, what leaks."""

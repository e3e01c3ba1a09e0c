"""What the ledger says of many days: figures for managers, and what leaks."""

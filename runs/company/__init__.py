"""The company that a ledger is of, and who acts in it."""

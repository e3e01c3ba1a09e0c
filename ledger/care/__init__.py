"""Looking after a ledger: backup, copies, erasure, and how its scenarios changed."""

"""Service levels: what is due of the ledger's open leads, and what is done about it."""

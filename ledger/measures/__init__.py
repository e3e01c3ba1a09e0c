"""What the ledger is asked about many days at once: columns of plain numbers."""

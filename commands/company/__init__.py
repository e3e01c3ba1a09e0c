"""What a company does and asks between runs: the commands of the ledger."""

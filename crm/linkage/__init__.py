"""People and companies linked by probability, where no key tells; extra `dedupe`."""

"""Files and sources become the checked tables of one day."""

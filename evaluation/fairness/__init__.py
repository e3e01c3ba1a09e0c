"""Who gets what: leads and their worth for every rep, by the hours they are there."""

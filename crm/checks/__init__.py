"""Everything that is checked once the tables are typed."""

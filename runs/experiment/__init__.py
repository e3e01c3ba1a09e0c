"""The experiment of a scenario: a day left to the lot in part, with exact chances."""

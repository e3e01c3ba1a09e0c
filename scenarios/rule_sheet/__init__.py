"""A scenario in plain sentences, and what is other in it than in an earlier one."""

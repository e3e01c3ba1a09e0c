"""Processes that solve, talked to by named arrays, and gone when nobody waits."""

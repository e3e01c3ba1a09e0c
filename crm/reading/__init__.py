"""Reading: sources mapped, typed and checked."""

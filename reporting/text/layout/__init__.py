"""How results are laid out: on a terminal, as tables, Markdown and JSON."""

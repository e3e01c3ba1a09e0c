"""How the machine is used: compiled code and threads."""

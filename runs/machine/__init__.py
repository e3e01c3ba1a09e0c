"""Whether a machine is ready for rightrep: all that is said of it is measured."""

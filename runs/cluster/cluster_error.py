"""What a cluster fails with."""


class ClusterError(Exception):
    """A cluster cannot be reached, cannot do the work, or was lost."""

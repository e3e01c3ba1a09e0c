"""A day whose leads come in partitions: read, scored and assigned one by one."""

"""The daily job, stage by stage."""

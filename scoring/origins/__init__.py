"""Distributed leads beside self-generated ones."""

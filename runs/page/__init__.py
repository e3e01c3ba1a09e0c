"""What the page of a run shows, from its tables and from what lies around them."""

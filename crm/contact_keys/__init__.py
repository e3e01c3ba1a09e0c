"""What finds a person or a company again, however it is written."""

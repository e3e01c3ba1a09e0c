"""What a lead is judged by: which columns, and as what numbers."""

"""What a lead brings once won."""

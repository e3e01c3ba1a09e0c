"""What CRM systems export: files told by their headers, and how each is read."""

"""Records as Qt lists and tables."""

"""The view of pages."""

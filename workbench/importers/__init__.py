"""Readers of outside formats: each turns one kind of file into pages of text and a working copy."""

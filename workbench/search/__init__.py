"""The query language people type and the analysis of words behind it."""

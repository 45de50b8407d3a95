"""Makes the report of a case study, and the tables beside it, from what the case holds."""

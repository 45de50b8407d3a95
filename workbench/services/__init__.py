"""What a user sets out to do, one file per thing."""

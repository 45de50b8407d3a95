"""The claim ledger in the window: findings as a table, their sentences with what carries each."""

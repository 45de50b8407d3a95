"""Everything that reads or writes PDF files; no other floor imports a PDF library."""

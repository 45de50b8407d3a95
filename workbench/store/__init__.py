"""One case file on disk: tables, history, originals and the page index."""

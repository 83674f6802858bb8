"""One module a page: `gather` asks the database for all that the page shows, `table` is its CSV. SQL is only here."""

"""Prior notice, statement, hearing."""

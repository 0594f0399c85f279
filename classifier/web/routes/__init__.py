"""The server's addresses, a module a subject."""

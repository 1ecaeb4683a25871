"""One generation open for reading: candidates of both legs, ranked."""

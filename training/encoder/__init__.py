"""Makes the bundled encoder."""

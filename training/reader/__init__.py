"""Makes the network that reads spans."""

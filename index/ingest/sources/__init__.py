"""Which files there are, their encoding, what archives hold."""

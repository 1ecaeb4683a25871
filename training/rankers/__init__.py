"""Makes the networks that rank candidates, choose evidence and tell how sure an answer is."""

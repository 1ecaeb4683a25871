"""How time, memory and recall grow with a collection, from a thousand passages to a million."""

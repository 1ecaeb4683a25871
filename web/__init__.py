"""The HTTP door: the JSON API and the chat page."""

"""A language model writes beside answers, and keeps no other question waiting: `writing_desk`."""

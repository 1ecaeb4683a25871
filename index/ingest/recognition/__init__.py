"""Recognition of the words in pictures of pages (OCR), where a user asks for it.

Start with `recogniser`, which holds the model. Taking pictures out of files, and making articles
of what was recognised, is left to `formats/pdf/scans`.
"""

"""Answer what is no question to the articles: small talk, and questions about the collection.

`phrases` and `inquiries` hold the patterns, `wordings` the replies. Start with `page_answer`.
"""

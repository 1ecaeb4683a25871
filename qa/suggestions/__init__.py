"""Questions that an article can surely answer: made from its sentences, then tried.

Start reading at `suggester`. A draft is a question that a sentence seems to answer (`drafting`);
it becomes a suggestion if Yiju itself answers it from that sentence.
"""

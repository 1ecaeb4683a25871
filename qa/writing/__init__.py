"""A language model writes from the evidence that was found; every sentence is checked.

It never decides whether there is an answer. Start reading at `writer.py`: `writing_evidence.py`
chooses what the model may cite, `written_prompt.py` says what to do, `model_client.py` asks,
`cited_sentences.py` takes the reply apart, and `sentence_check.py` keeps what the citations bear
out, with `checked_figures.py`, `checked_names.py`, `clause_check.py` (with `claim_words.py` and
`negation.py`) and, across languages, `shared_meaning.py`. `language_model.py` is what the writer
needs of a model; `follow_ups/` has it rewrite questions.
"""

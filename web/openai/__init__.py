"""The API in the shape of OpenAI's, for programs that speak to language models.

Start reading at `openai_routes.py`. `chat_request.py` and `chat_shapes.py` have what is sent and
answered, `chat_text.py` an answer as text with numbered marks, `completion.py` whole and streamed
completions, `openai_errors.py` errors in that shape.
"""

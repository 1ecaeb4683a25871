"""The HTTP API and the chat page (Flask).

Start reading at `create_app` in `app.py`. Each API module (`ask`, `articles`, `index`, and those of
`feedback` and `openai`) has a blueprint; the schemas are in `requests.py` and `responses.py`.
Assistants come in through `mcp`. Answering is left to `qa`, changing the store to `index`;
`yiju.py` creates the parts in `services.py`.
"""

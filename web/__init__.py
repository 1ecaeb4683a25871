"""The HTTP API and the chat page (Flask).

`create_app` in `app.py` makes the application from ready parts (`services.py`); each API module
(`ask`, `articles`, `index`) is a blueprint, with the shapes in `requests.py` and `responses.py`.
Answers come from `qa`, changes of the store from `index`; `yiju.py` puts the parts together.
"""

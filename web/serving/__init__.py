"""The server under the application: gunicorn keeps the processes, waitress speaks HTTP in each.

Start reading at `serve_app` in `server.py`. A process has one loop (`listener.py`) that reads whole
requests and writes answers, whatever the pace of a client (`channel.py`, `request_parser.py`), and
lanes of threads (`lanes.py`) that only work. While a stream is
silent, the loop sends comments on it (`response_task.py`). `traffic.py` says which request takes
which lane.
"""

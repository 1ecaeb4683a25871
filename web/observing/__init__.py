"""What operators see of a server: a line of the log for each request, and metrics.

Start reading at `http_exchange.py`, which has what is known of a request while it is served.
`serving` hands each that has ended to `observer.py`, which has it logged (`server_log.py`) and
counted (`meter.py`); `metrics_routes.py` tells the sums of all processes.
"""

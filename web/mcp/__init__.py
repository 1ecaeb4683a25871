"""The tools and resources for assistants: the Model Context Protocol, over two transports.

Start reading at `toolbox.py`, which has the tools that `reading_tools.py` and `changing_tools.py`
do; `tool_inputs.py`, `reading_outputs.py`, `list_output.py` and `changing_outputs.py` are their
shapes, `article_resources.py` the articles as resources. `protocol_server.py` hands both to the
SDK; `stdio_transport.py` serves one client, `http_transport.py` one request, which `mcp_route.py`
brings.
"""

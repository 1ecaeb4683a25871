"""How the server is reached: through which proxies, at which address, by which sites.

Start reading at `reach.py`. `forwarding.py` believes what declared proxies tell of a request,
`public_address.py` says where links lead, `cross_origin.py` lets listed sites call.
"""

"""The Model Context Protocol: actions as tools for agents.

- `catalogue`: what is offered. `tools`: actions as tools, made from the OpenRPC document.
- `protocol`: the messages, without HTTP. `headers`: the parts of a message that HTTP headers repeat.
- `stdio_bridge`: the client side of `anki-rpc mcp`, for programs that speak the protocol over standard input.
"""

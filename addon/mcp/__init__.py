"""The Model Context Protocol: actions as tools for agents.

- `catalogue`: what is offered, with `prompts` and `resources`. `tools`: actions as tools, made from the contract.
- `tool_schemas`: the schemas of their params and results. `truncation`: shortening their results.
- `tool_search`: finding and calling the tools that are not listed.
- `pages`, `card_media`, `confirmation`, `completions`: what tools and arguments have beyond actions.
- `inputs`: what a client is asked for while it waits. `replies`, `content`: what answers consist of.
- `messages`: what a message is, and reading one. `headers`: the parts of a message that HTTP headers repeat.
- `protocol`: the answers to messages. `subscriptions`: which resources an event concerns. `tasks`: long calls.
- `stdio_bridge`: the client side of `anki-rpc mcp`, for programs that speak the protocol over standard input.
"""

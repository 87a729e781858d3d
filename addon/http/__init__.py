"""HTTP. No other package knows it.

- `server`: Waitress with limits of our own: sockets, connections, threads, turns.
- `guard`: decides over Host, Origin and API key. `key_throttle` limits wrong keys, `call_log` remembers who called.
- `app`: the WSGI application. It finds out which protocol a body uses, and passes it to the dispatcher.
- `endpoint`, `endpoints`: all that is served beside the two protocols, each under a path of its own.
"""

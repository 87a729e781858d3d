"""The HTTP server: Waitress, with limits of our own.

- `server`: the threads, start and stop. `listening`: the listening sockets. `event_loop`: the loop over all sockets.
- `connection`: one connection, its requests and its deadlines. `request_parser`: a stricter parser of requests.
- `turns`: which requests may occupy a thread while they wait. `streams`: responses without an end.
- `uploads`: where large bodies are kept. `load_shedding`: what is dropped when a limit is reached.
"""

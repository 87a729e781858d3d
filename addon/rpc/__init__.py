"""The JSON-RPC 2.0 core. It knows neither HTTP nor Anki.

- `registry`: the actions by name; `@action` registers a handler. `errors`, `scopes`: how calls fail, and what callers
  may do.
- `dispatcher`: turns parsed requests into responses, with the help of `calls`, `batches`, `budget` and `answers`.
- `executor`: runs handlers on the right thread. `context` is all that a handler may use.
- `host`: what the core needs from the program around it: Anki's desktop, or a bare collection.
- `operations`: calls that run in the background. `events`: what happened, for clients that follow.
- `codec`: JSON in and out. `openrpc`: the published contract.
"""

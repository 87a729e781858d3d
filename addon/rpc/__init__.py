"""The JSON-RPC 2.0 core: registry, dispatcher, executor. It knows neither HTTP nor Anki."""

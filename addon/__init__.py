"""AnkiRPC: a JSON-RPC 2.0 gateway to Anki that also answers AnkiConnect's clients.

Anki loads this package as an add-on, which starts the desktop host. The headless server and the tests import it without
aqt, and nothing is started.
"""

import sys

from .version import OLDEST_ANKI

if (_aqt := sys.modules.get("aqt")) is not None and _aqt.mw is not None:
    from anki.utils import int_version

    if int_version() < int(OLDEST_ANKI.replace(".", "")) * 100:
        raise RuntimeError(f"AnkiRPC needs Anki {OLDEST_ANKI} or newer.")
    from .desktop import start

    start(_aqt.mw)

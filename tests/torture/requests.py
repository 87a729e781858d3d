"""A request of each kind, as bytes: what is served, and what is refused by an action, before it, or by HTTP."""

import json
import socket

WAIT = 60.0
JSON = "Content-Type: application/json"


def rpc(method, params=None, **more):
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}, **more}).encode()


def old(action, **params):
    return json.dumps({"action": action, "version": 6, "params": params}).encode()


def post(body, *headers):
    lines = ["POST / HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def get(path, *headers, method="GET", host="127.0.0.1"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode()


def store(url):
    return rpc("storeMediaFile", {"filename": "x.txt", "url": url})


def item(**source):
    note = {
        "deckName": "Italian",
        "modelName": "Italian vocab",
        "fields": {"Word": "x"},
        "options": {"allowDuplicate": True},
    }
    return {**note, "audio": [{"filename": "a.mp3", "fields": ["Word"], **source}]}


NOTE = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "mela"}}
ADDED = {**NOTE, "options": {"allowDuplicate": True}}
MELA = 1700000000001

REQUESTS = {
    # What is served
    "JSON-RPC": post(rpc("deckNames"), JSON),
    "the old protocol": post(old("deckNames")),
    "the old protocol, bare": post(b'{"action": "deckNames"}'),
    "a batch": post(b"[%s,%s]" % (rpc("version"), rpc("deckNames")), JSON),
    "a notification": post(b'{"jsonrpc": "2.0", "method": "version"}', JSON),
    "multi": post(
        old("multi", actions=[{"action": "deckNames"}, {"action": "nope"}, {"action": "multi", "params": {}}])
    ),
    "a write": post(rpc("addNote", {"note": ADDED}), JSON),
    "several writes as one step": post(b"[%s,%s]" % ((rpc("addNote", {"note": ADDED}),) * 2), JSON),
    "a write in chunks": post(rpc("addTags", {"notes": [MELA] * 6000, "tags": "x"}), JSON),
    "a write that changes nothing": post(rpc("updateNoteFields", {"note": {"id": MELA, "fields": {}}}), JSON),
    "an operation": post(rpc("startOperation", {"method": "version"}), JSON),
    "operations": post(rpc("listOperations"), JSON),
    "undo": post(rpc("undo"), JSON),
    "rendering": post(rpc("cardsInfo", {"query": "deck:*"}), JSON),
    "media": post(rpc("storeMediaFile", {"filename": "x.txt", "data": "Y2lhbw=="}), JSON),
    "an action without a collection": post(rpc("rpc.discover"), JSON),
    "chunks": get("/", "Transfer-Encoding: chunked", method="POST") + b"5\r\n{}   \r\n0\r\n\r\n",
    "Expect": post(rpc("version"), JSON, "Expect: 100-continue"),
    # What is refused by an action or before it
    "a parse error": post(b"{", JSON),
    "a parse error of the old protocol": post(b"{"),
    "an empty batch": post(b"[]", JSON),
    "no request": post(b'{"jsonrpc": "1.0"}', JSON),
    "no method": post(rpc("nope"), JSON),
    "no action": post(old("nope")),
    "invalid params": post(rpc("addNote", {"note": {"fields": 1}}), JSON),
    "invalid params of the old protocol": post(old("addNote", note={"fields": 1})),
    "unknown params": post(old("deckNames", x=1)),
    "many invalid params": post(rpc("addNotes", {"notes": [1, {}, {"fields": {"a": 1}}]}), JSON),
    "not found": post(rpc("getDeckDescription", {"deck": "nope"}), JSON),
    "not found in the old protocol": post(old("getDeckConfig", deck="nope")),
    "no operation": post(rpc("getOperation", {"id": "none"}), JSON),
    "an operation of no method": post(rpc("startOperation", {"method": "nope"}), JSON),
    "an operation with invalid params": post(
        rpc("startOperation", {"method": "createDeck", "params": {"deck": 5}}), JSON
    ),
    "items that fail": post(rpc("updateNotes", {"notes": [{"id": 5}, {"id": MELA}, {"id": 6}]}), JSON),
    "an item in no deck": post(rpc("addNotes", {"notes": [{**ADDED, "deckName": "nope", "modelName": "nope"}]}), JSON),
    "some failed": post(rpc("addNotes", {"notes": [NOTE, NOTE], "onError": "abort"}), JSON),
    "some failed in the old protocol": post(old("addNotes", notes=[NOTE, NOTE])),
    "an error of Anki's": post(rpc("findNotes", {"query": "("}), JSON),
    "an error of Anki's in a write": post(
        rpc("modelFieldReposition", {"modelName": "Basic", "fieldName": "nope", "index": 0}), JSON
    ),
    "no window": post(rpc("guiBrowse", {"query": ""}), JSON),
    "no account": post(rpc("sync"), JSON),
    "nested too deep": post(b"[" * 5000, JSON),
    "a result that is no JSON": post(rpc("version", id="\ud800"), JSON),
    "bad base64": post(rpc("storeMediaFile", {"filename": "x.txt", "data": "a"}), JSON),
    "no file": post(rpc("storeMediaFile", {"filename": "x.txt", "path": "/no/such"}), JSON),
    "a forbidden file": post(rpc("storeMediaFile", {"filename": "x.txt", "path": "/etc/passwd"}), JSON),
    "a file that is no package": post(rpc("importPackage", {"path": "_ciao.txt"}), JSON),
    "a package that cannot be written": post(rpc("exportPackage", {"path": "/nope/x.apkg", "deck": "Italian"}), JSON),
    "a filter that is wrong": post(rpc("createFilteredDeck", {"deck": "f", "searches": [{"search": "("}]}), JSON),
    "media under a bad name": post(rpc("storeMediaFile", {"filename": "", "data": "Y2lhbw=="}), JSON),
    "no package": post(rpc("importPackage", {"path": "nope.apkg"}), JSON),
    # Downloads
    "a download": post(store("{web}/fine"), JSON),
    "a download that is moved": post(store("{web}/moved"), JSON),
    "a download of nothing there": post(store("{web}/nope"), JSON),
    "a download from nobody": post(store("http://127.0.0.1:9/x"), JSON),
    "a download of no address": post(store("nope"), JSON),
    "a download by a bad scheme": post(store("ftp://127.0.0.1/x"), JSON),
    "a download from a forbidden address": post(store("http://169.254.169.254/x"), JSON),
    "a download that moves to a forbidden address": post(store("{web}/away"), JSON),
    "a download for a note": post(rpc("addNote", {"note": item(url="http://127.0.0.1:9/x")}), JSON),
    "a download for a note of the old protocol": post(old("addNote", note=item(url="http://127.0.0.1:9/x"))),
    # HTTP
    "the banner": get("/"),
    "the page": get("/", "Accept: text/html"),
    "the page's script": get("/page.js"),
    "/health": get("/health"),
    "/openrpc.json": get("/openrpc.json"),
    "/openrpc.dereferenced.json": get("/openrpc.dereferenced.json"),
    "/recent.json": get("/recent.json"),
    "no media file": get("/media/nope"),
    "a media file that cannot be stored": get("/media/a%2Fb", "Content-Length: 2", method="PUT") + b"{}",
    "a media file that cannot be deleted": get("/media/nope", method="DELETE"),
    "HEAD": get("/", method="HEAD"),
    "a preflight": get(
        "/", "Origin: http://localhost", "Access-Control-Request-Private-Network: true", method="OPTIONS"
    ),
    "a preflight of a stranger": get("/", "Origin: https://evil.example", method="OPTIONS"),
    "a stranger": post(rpc("version"), JSON, "Origin: https://evil.example"),
    "a stranger who asks": post(rpc("requestPermission"), JSON, "Origin: https://evil.example"),
    "a stranger at a front": get("/recent.json", "Origin: https://evil.example"),
    "another host": get("/", host="evil.example"),
    "a wrong content type": post(rpc("version"), "Content-Type: text/plain", "Origin: http://localhost"),
    "events": get("/events"),
    # No HTTP
    "half a request": post(b"{}")[:-1],
    "half a head": b"POST / HTTP/1.1\r\nHost: x",
    "no HTTP": b"\x16\x03\x01\r\n\r\n",
    "a bad length": post(b"{}", "Content-Length: x"),
    "a bad chunk": get("/", "Transfer-Encoding: chunked", method="POST") + b"zz\r\n",
    "a large head": get("/", "X: " + "x" * 2**17),
    "a large body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n",
    "nothing": b"",
}


def request(name, web):
    """The bytes of one of them; `web` is the address of a web server to download from."""
    sent = REQUESTS[name]
    if b"{web}" not in sent:
        return sent
    return post(sent.partition(b"\r\n\r\n")[2].replace(b"{web}", web.encode()), JSON)


def exchange(port, sent):
    """Send, read what comes, and close; of a stream only the beginning."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT) as sock:
        sock.sendall(sent)
        if b"/events" in sent:
            sock.recv(100)
            return b""
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65536), b""))

"""Raw media of a gateway in a process of its own: large, slow, broken and simultaneous transfers."""

import contextlib
import hashlib
import http.client
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

WAIT = 20.0
MIB = 2**20


NUMBERS = itertools.count(1)


@pytest.fixture
def name():
    """The name of a media file that no other test uses."""
    return f"file-{next(NUMBERS)}"


@pytest.fixture(scope="module")
def folder(shared_collection):
    return media_folder(shared_collection)


@pytest.fixture
def own(serve, collection):
    """A gateway for one test alone."""
    return serve("--collection", collection).ready()


def media_folder(collection):
    return collection.with_name("collection.media")


def etag(content):
    return f'"{hashlib.sha256(content).hexdigest()}"'


def head(method, name, **headers):
    lines = [f"{method} /media/{name} HTTP/1.1", "Host: localhost"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def connect(served):
    return socket.create_connection(("127.0.0.1", served.port), timeout=WAIT)


def answer(sock, method="PUT"):
    response = http.client.HTTPResponse(sock, method=method)
    response.begin()
    return response.status, response.read()


def exchange(served, method, name, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
    connection.request(method, f"/media/{name}", body, {k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def put(served, name, body, **headers):
    response, _ = exchange(served, "PUT", name, body, **headers)
    return response.status


def is_clean(folder):
    """Nothing stands beside the media folder, or in it, that is on its way."""
    return not [path for path in folder.parent.rglob("*") if path.name.startswith("anki-rpc-")]


# --- before the body ---


def test_a_body_is_asked_for_when_it_is_wanted(served, folder, name):
    with connect(served) as sock:
        sock.sendall(head("PUT", name, Content_Length=4, Expect="100-continue"))
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"mela")
        assert answer(sock)[0] == 201
        sock.sendall(head("PUT", name, Content_Length=4) + b"pera")  # the connection is kept
        assert answer(sock)[0] == 200
    assert (folder / name).read_bytes() == b"pera"


REFUSED = [
    ({"Content_Length": 100 * MIB + 1}, 413),
    ({"Content_Length": 10**15}, 413),
    ({"Content_Length": 10, "Origin": "https://evil.example"}, 403),
    ({"Content_Length": 10, "Content_Range": "bytes 0-9/100"}, 400),
    ({"Transfer_Encoding": "chunked", "Origin": "https://evil.example"}, 403),
]


@pytest.mark.parametrize("expect", [{}, {"Expect": "100-continue"}])
@pytest.mark.parametrize(("headers", "status"), REFUSED)
def test_a_body_that_is_not_wanted_is_refused_before_it_is_sent(served, folder, headers, status, expect):
    with connect(served) as sock:
        sock.sendall(head("PUT", "refused", **headers, **expect))
        told, body = answer(sock)
        assert (told, "error" in json.loads(body)) == (status, True)
        assert sock.recv(1) == b""
    assert not (folder / "refused").exists()


def test_the_largest_file_is_a_setting(serve, collection, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text('{"limits": {"mediaMegabytes": 2}}')
    served = serve("--collection", collection, "--settings", settings).ready()
    assert [put(served, "a", bytes(size)) for size in (2 * MIB, 2 * MIB + 1)] == [201, 413]


def test_a_key_is_asked_for_before_the_body(serve, collection, tmp_path):
    (tmp_path / "key").write_text("secret")
    served = serve("--collection", collection, "--key-file", tmp_path / "key").ready()
    with connect(served) as sock:
        sock.sendall(head("PUT", "a", Content_Length=50 * MIB))
        assert answer(sock)[0] == 401
    connection = served.connect()
    rows = json.loads(_get(served, "/recent.json", "secret"))
    assert [(row["action"], row["count"]) for row in rows if row["reason"]] == [("PUT /media/", 1)]
    connection.close()
    assert put(served, "a", b"x", X_API_Key="secret") == 201


def _get(served, path, key):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
    connection.request("GET", path, headers={"X-API-Key": key})
    body = connection.getresponse().read()
    connection.close()
    return body


def test_a_client_that_goes_on_sending_reads_the_refusal_and_none_of_its_body_is_a_request(served, folder, name):
    inner = head("PUT", name, Content_Length=1) + b"x"
    with connect(served) as sock:
        sock.sendall(head("PUT", "large", Content_Length=200 * MIB) + inner * 20)
        for _ in range(50):
            sock.sendall(inner * 100)
        assert answer(sock)[0] == 413
        with contextlib.suppress(ConnectionError):
            assert sock.recv(1) == b""
    assert served.connect().rpc("version") == 6
    assert not (folder / name).exists()


def test_without_a_body_nothing_is_stored(served, folder):
    with connect(served) as sock:
        sock.sendall(head("PUT", "_ciao.txt"))
        assert answer(sock)[0] == 411
    assert (folder / "_ciao.txt").read_bytes() == b"ciao"


def test_chunks_end_at_the_limit(served, folder, name):
    chunk = b"%x\r\n" % MIB + bytes(MIB) + b"\r\n"
    with connect(served) as sock:
        sock.sendall(head("PUT", name, Transfer_Encoding="chunked"))
        with contextlib.suppress(ConnectionError):
            for _ in range(102):
                sock.sendall(chunk)
        status, reason = answer(sock)
        assert (status, str(100 * MIB).encode() in reason) == (413, True)
    assert not (folder / name).exists()
    assert is_clean(folder)


# --- broken and slow uploads ---


@pytest.mark.parametrize("sent", [0, 1, 300_000, 4 * MIB - 1])
def test_a_lost_client_leaves_everything_as_it_was(served, folder, sent):
    before = sorted(folder.iterdir())
    with connect(served) as sock:
        sock.sendall(head("PUT", "_ciao.txt", Content_Length=4 * MIB) + bytes(sent))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # reset
    with connect(served) as sock:
        sock.sendall(head("PUT", "_ciao.txt", Content_Length=4 * MIB) + bytes(sent))
        sock.shutdown(socket.SHUT_WR)
        status, body = answer(sock)
        assert status == 400
        assert b"shorter than its Content-Length" in body
    assert (folder / "_ciao.txt").read_bytes() == b"ciao"
    assert sorted(folder.iterdir()) == before
    assert is_clean(folder)
    deadline = time.monotonic() + WAIT
    while sys.platform == "linux" and _deleted_files(served):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _deleted_files(served):
    """Open files without a name, as those in which uploads are kept."""
    fds = Path(f"/proc/{served.process.pid}/fd")
    with contextlib.suppress(FileNotFoundError):
        return [fd for fd in fds.iterdir() if " (deleted)" in str(fd.readlink())]
    return ["?"]


def test_a_slow_upload_holds_up_nobody(served, folder, name):
    content = os.urandom(40 * 1024)
    connection = served.connect()

    def quickest(between=lambda number: None):
        """Seconds of the quickest of forty calls: a busy machine delays some, an upload would delay all."""
        took = []
        for number in range(40):
            between(number)
            begun = time.monotonic()
            connection.rpc("deckNames")
            took.append(time.monotonic() - begun)
        return min(took)

    alone = quickest()
    with connect(served) as sock:
        sock.sendall(head("PUT", name, Content_Length=len(content)))
        beside = quickest(lambda number: sock.sendall(content[number * 1024 : (number + 1) * 1024]))
        assert answer(sock)[0] == 201  # so each call was answered before the upload had ended
    connection.close()
    assert (folder / name).read_bytes() == content
    assert beside < 5 * alone


@pytest.mark.skipif(sys.platform != "linux", reason="another process's limits are set on Linux only")
def test_where_there_is_no_room_nothing_is_lost(own, collection):
    import resource

    folder = media_folder(collection)
    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (MIB, -1))
    response, body = exchange(own, "PUT", "_ciao.txt", bytes(3 * MIB))
    assert (response.status, b"cannot be stored" in body) == (507, True)
    assert (folder / "_ciao.txt").read_bytes() == b"ciao"
    assert is_clean(folder)
    assert own.connect().rpc("version") == 6
    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (-1, -1))
    assert put(own, "_ciao.txt", bytes(3 * MIB)) == 200


@pytest.mark.skipif(sys.platform != "linux", reason="another process's limits are set on Linux only")
@pytest.mark.parametrize("size", [3 * MIB, MIB + 100])
def test_where_there_is_no_room_odd_pieces_are_refused_as_well(own, collection, size):
    """What is written is buffered: less than a block is written only when the next one comes, or at the end."""
    import resource

    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (MIB, -1))
    with connect(own) as sock:
        sock.sendall(head("PUT", "_ciao.txt", Content_Length=size) + bytes(100))
        time.sleep(0.1)  # the gateway reads this piece by itself
        with contextlib.suppress(OSError):
            sock.sendall(bytes(size - 100))
        status, body = answer(sock)
    assert (status, b"cannot be stored" in body) == (507, True)
    assert (media_folder(collection) / "_ciao.txt").read_bytes() == b"ciao"
    assert own.connect().rpc("version") == 6


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_gateway_leaves_a_whole_file(serve, collection):
    folder = media_folder(collection)
    versions = [os.urandom(3 * MIB) for _ in range(4)]
    for delay in (0.05, 0.12, 0.21):
        served = serve("--collection", collection).ready()
        assert put(served, "a", versions[0]) in (200, 201)

        def replace(served=served):
            with contextlib.suppress(OSError, http.client.HTTPException):
                for number in range(1, 1000):
                    put(served, "a", versions[number % 4])

        thread = threading.Thread(target=replace, daemon=True)
        thread.start()
        time.sleep(delay)
        served.process.send_signal(signal.SIGKILL)
        served.end()
        thread.join(WAIT)
        assert (folder / "a").read_bytes() in versions
        assert sorted(path.name for path in folder.iterdir()) == ["_ciao.txt", "a"]


# --- many at once ---


def test_whoever_reads_gets_a_whole_file_while_others_replace_it(served, folder, name):
    versions = [os.urandom(size) for size in (10, 300_000, 300_000, MIB, 2 * MIB)]
    put(served, name, versions[0])
    wrong, reads, over = [], [], threading.Event()

    def write(own):
        for number in range(8):
            status = put(served, name, versions[(own + number) % len(versions)])
            if status != 200:
                wrong.append(status)

    def read():
        while not over.is_set():
            response, body = exchange(served, "GET", name)
            reads.append(response.status)
            if response.status != 200 or response.getheader("ETag") != etag(body) or body not in versions:
                wrong.append((response.status, len(body)))

    writers = [threading.Thread(target=write, args=(own,), daemon=True) for own in range(4)]
    readers = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join(60)
    over.set()
    for thread in readers:
        thread.join(WAIT)
    assert wrong == []
    assert len(reads) > 10
    assert (folder / name).read_bytes() in versions
    assert is_clean(folder)


def test_one_name_is_put_read_and_deleted_at_once(served, folder, name):
    versions = [os.urandom(100_000) for _ in range(3)]
    wrong = []

    def work(own):
        for number in range(12):
            method = ("PUT", "GET", "DELETE", "GET")[(own + number) % 4]
            response, body = exchange(served, method, name, versions[own % 3] if method == "PUT" else None)
            right = {"PUT": (200, 201), "GET": (200, 404), "DELETE": (204, 404)}[method]
            if response.status not in right or ((method, response.status) == ("GET", 200) and body not in versions):
                wrong.append((method, response.status))

    threads = [threading.Thread(target=work, args=(own,), daemon=True) for own in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert is_clean(folder)


def test_of_many_that_create_one_name_one_does(served, name):
    statuses = []

    def create(number):
        statuses.append(put(served, name, b"%d" % number, If_None_Match="*"))

    threads = [threading.Thread(target=create, args=(number,), daemon=True) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert sorted(statuses) == [201] + [412] * 9


def test_clients_that_do_not_read_hold_no_threads(served, folder, name):
    with (folder / name).open("wb") as file:
        file.truncate(16 * MIB)
    waiting = [connect(served) for _ in range(40)]
    for number, sock in enumerate(waiting):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(head("GET", name, **({"Range": "bytes=1000-"} if number % 2 else {})))
    for sock in waiting:
        assert sock.recv(4) == b"HTTP"
    begun = time.monotonic()
    assert served.connect().rpc("deckNames")
    assert time.monotonic() - begun < 10  # seconds; the gateway drops clients that do not read after 30
    for sock in waiting:
        sock.close()


# --- memory ---


def resident(served):
    lines = Path(f"/proc/{served.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read from /proc")
def test_memory_does_not_grow_with_the_file(own, tmp_path):
    big = tmp_path / "big"
    with big.open("wb") as file:
        for _ in range(64):
            file.write(os.urandom(MIB))
    own.connect().rpc("deckNames")
    put(own, "small", b"x")
    exchange(own, "GET", "small")
    before = resident(own)
    peak, over = [before], threading.Event()

    def watch():
        while not over.wait(0.005):
            peak.append(resident(own))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    with big.open("rb") as file:
        assert put(own, "big", file, Content_Length=str(64 * MIB)) == 201
    with big.open("rb") as file:
        assert put(own, "big", file, Content_Length=str(64 * MIB)) == 200
    connection = http.client.HTTPConnection("127.0.0.1", own.port, timeout=WAIT)
    connection.request("GET", "/media/big")
    response = connection.getresponse()
    digest = hashlib.file_digest(response, "sha256").hexdigest()
    connection.close()
    over.set()
    watcher.join(WAIT)
    assert f'"{digest}"' == response.getheader("ETag")
    assert hashlib.sha256(big.read_bytes()).hexdigest() == digest
    assert max(peak) - before < 32


# --- a client that people have ---


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_uploads_goes_on_with_a_download_and_resumes_no_upload(served, folder, tmp_path):
    url = f"http://127.0.0.1:{served.port}/media/"
    content = os.urandom(5 * MIB)
    (tmp_path / "mela.mp3").write_bytes(content)

    def curl(*words):
        command = ["curl", "-sS", "-w", "%{http_code}", *map(str, words)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=WAIT, check=False)
        return done.stdout.decode()[-3:]

    assert curl("-T", "mela.mp3", url) == "201"
    assert curl("-T", "mela.mp3", url) == "200"
    assert (folder / "mela.mp3").read_bytes() == content
    (tmp_path / "part").write_bytes(content[:MIB])
    assert curl("-C", "-", "-o", "part", f"{url}mela.mp3") == "206"
    assert (tmp_path / "part").read_bytes() == content
    assert curl("-T", "mela.mp3", "-C", MIB, url) == "400"
    assert curl("-z", tmp_path / "part", "-o", "other", f"{url}mela.mp3") == "304"
    assert curl("-X", "DELETE", f"{url}mela.mp3") == "204"
    assert curl("-f", f"{url}mela.mp3") == "404"

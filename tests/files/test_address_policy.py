"""Which addresses are downloaded from, and that it is the checked one that is connected to."""

import socket
import time
from ipaddress import ip_address

import pytest
from sizes import for_each, for_rows

from addon.files.address_policy import AddressRefused, DownloadPolicy, embedded

METADATA = "nothing is downloaded from {}: its address 169.254.169.254 is link-local or a cloud's metadata service"
PROGRAM, PAGE = DownloadPolicy(is_local_program=True), DownloadPolicy(is_local_program=False)
NEVER = ["169.254.169.254", "fe80::1", "fe80::1%eth0", "::ffff:169.254.169.254", "100.100.100.200", "fd00:ec2::254"]
NEVER += ["168.63.129.16", "::ffff:168.63.129.16", "fd20:ce::254", "fd00:c1::a9fe:a9fe"]
NEVER += ["192.0.0.192", "2002:a9fe:a9fe::", "64:ff9b::a9fe:a9fe", "2001:0:808:808::5601:5601"]
PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"),
    *("::1", "::", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    *("fec0::1", "::7f00:1", "64:ff9b:1::7f00:1", "::ffff:0:7f00:1"),
    *("2001:0:808:808::80ff:fffe", "2001:db8::1"),
]
PRIVATE += [  # the rest of IANA's registries of special addresses, and what lies beside them
    *("0.255.255.255", "10.0.0.0", "10.255.255.255", "100.127.255.255", "127.255.255.255", "172.31.255.255"),
    *("192.0.0.0", "192.0.0.8", "192.0.0.9", "192.0.0.10", "192.0.0.170", "192.0.0.255", "192.0.2.1"),
    *("192.31.196.1", "192.52.193.1", "192.88.99.0", "192.88.99.1", "192.88.99.255", "192.175.48.1"),
    *("198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "239.255.255.255", "240.0.0.1", "255.255.255.254"),
    *("100::1", "100:0:0:1::1", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1", "2001:20::1"),
    *("2001:30::1", "2001:1ff::1", "2620:4f:8000::1", "3fff::1", "3fff:fff::1", "5f00::1", "4000::1", "1fff::1"),
    *("fdff::1", "feff::1", "64:ff9b:1::808:808", "64:ff9b:2::808:808", "::808:808", "::ffff:0:808:808"),
    *("2002:c058:6301::", "2002:c000:201::1", "2002:cb00:7101::", "2002:e000:1::", "2002::", "::ffff:192.88.99.1"),
    *("64:ff9b::c058:6301", "64:ff9b::c612:1", "64:ff9b::e000:1", "64:ff9b::f000:1", "64:ff9b::6440:1"),
    *("2001:0:808:808::3fa7:9cfe", "2001:0:808:808::39ed:fffe", "2001:0:808:808::1fff:fffe"),
    *("2606:2800::5efe:7f00:1", "2606:2800::200:5efe:a00:1", "2606:2800::5efe:c058:6301"),
]
NEVER += [  # where a network may translate an address to one of these
    *("64:ff9b:1::a9fe:a9fe", "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a9:fe:a9fe::", "64:ff9b:1::a9:fea9:fe00:0"),
    *("::a9fe:a9fe", "::ffff:0:a9fe:a9fe", "2606:2800::5efe:a9fe:a9fe", "2606:2800::200:5efe:6464:64c8"),
    *("2001:0:808:808::5601:5601", "2002:a83f:8110::", "64:ff9b::c000:c0", "fe80::5efe:7f00:1", "febf::1"),
]
PUBLIC = ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PUBLIC += [  # what lies beside the special addresses
    *("1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"),
    *("169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.31.195.255"),
    *("192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0"),
    *("198.51.99.255", "203.0.112.255", "203.0.114.0", "223.255.255.255"),
    *("2001:200::1", "2001:db7::1", "2001:db9::1", "2003::1", "2620:4f:7fff::1", "2620:4f:8001::1", "3ffe::1"),
    *("2606:2800::5efe:808:808", "2002:808:808::5efe:7f00:1"),
]
PUBLIC += ["2002:808:808::", "2001:0:7f00:1::f7f7:f7f7"]


@for_each(address=NEVER, policy=[PROGRAM, PAGE, DownloadPolicy(False, ("host", "host:80"))])
def test_nobody_reaches_link_local_and_metadata_addresses(policy, address):
    with pytest.raises(AddressRefused, match="nothing is downloaded"):
        policy.check("host", 80, address)


@for_rows("address", PRIVATE)
def test_only_local_programs_and_allowed_hosts_lead_to_private_addresses(address):
    PROGRAM.check("host", 80, address)
    DownloadPolicy(False, ("host",)).check("host", 80, address)
    DownloadPolicy(False, ("host:80",)).check("host", 80, address)
    for policy in (PAGE, DownloadPolicy(False, ("host:81", "other"))):
        with pytest.raises(AddressRefused, match="allowedDownloadHosts can allow host:80"):
            policy.check("host", 80, address)


@for_each(address=PUBLIC)
def test_everybody_reaches_public_addresses(address):
    PAGE.check("host", 80, address)


@pytest.mark.parametrize(
    ("address", "real"),
    [
        ("93.184.216.35", "93.184.216.35"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("64:ff9b::7f00:1", "127.0.0.1"),
        ("64:ff9b::", "0.0.0.0"),
        ("64:ff9b::ffff:ffff", "255.255.255.255"),
        ("64:ff9b::1:0:0", "64:ff9b::1:0:0"),
        ("2002:7f00:1::", "127.0.0.1"),
        ("2001:0:808:808::80ff:fffe", "127.0.0.1"),
        ("2606:2800:220:1::1", "2606:2800:220:1::1"),
        ("::7f00:1", "::7f00:1"),
    ],
)
def test_an_address_of_ipv6_may_lead_to_one_of_ipv4(address, real):
    assert embedded(ip_address(address)) == ip_address(real)


@pytest.fixture(autouse=True)
def refusal(monkeypatch):
    """The seconds until a hidden host is refused, in a list."""
    monkeypatch.setattr("addon.files.checked_connections.MIN_REFUSAL_DELAY_S", 0.02)
    return lambda seconds: monkeypatch.setattr("addon.files.checked_connections.MIN_REFUSAL_DELAY_S", seconds)


def store(gateway, url, **headers):
    return gateway.rpc("storeMediaFile", {"filename": "a.txt", "url": url}, **headers)


EXTENSION = {"Origin": "chrome-extension://abc"}


def test_a_page_reaches_no_server_of_this_computer_unless_the_settings_allow_it(open_gateway, web):
    port = web.server_port
    url = f"http://localhost:{port}/fine"
    gateway = open_gateway()
    error = store(gateway, url, **EXTENSION)["error"]
    assert error["data"] == {"kind": "download_failed", "url": url}
    assert f"allow localhost:{port}." in error["message"]
    assert web.hosts == []
    assert store(gateway, url)["result"] == "a.txt"
    assert store(open_gateway(allowedDownloadHosts=[f"localhost:{port}"]), url, **EXTENSION)["result"] == "a.txt"
    assert web.hosts == [f"localhost:{port}"] * 2


PLACES = {
    # name: where it leads, None for no such name
    "unknown.example": None,
    "router.example": "192.168.0.1",
    "here.example": "127.0.0.1",
    "cloud.example": "169.254.169.254",
    "relay.example": "192.88.99.1",
    "tunnel.example": "2002:7f00:1::",
    "half.example": ["93.184.216.34", "10.0.0.1"],
}


@pytest.fixture
def names(monkeypatch):
    """Names that the DNS knows, beside this computer's."""
    real = socket.getaddrinfo

    def resolve(host, port, *args, **options):
        if host not in PLACES:
            return real(host, port, *args, **options)
        if PLACES[host] is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = [PLACES[host]] if isinstance(PLACES[host], str) else PLACES[host]
        return [row for address in found for row in real(address, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def told(gateway, url, name, **headers):
    """The error of a download, with `NAME` in the place of a name."""
    error = store(gateway, url, **headers)["error"]
    return error["code"], error["data"]["kind"], error["message"].replace(name, "NAME"), {*error["data"]}


def test_a_page_is_not_told_which_names_there_are_and_where_they_lead(open_gateway, web, names):
    gateway = open_gateway()
    answers = {name: told(gateway, f"http://{name}/a", name, **EXTENSION) for name in PLACES}
    secure = {name: told(gateway, f"https://{name}:80/a", name, **EXTENSION) for name in PLACES}
    moved = {}
    for name in PLACES:
        web.redirects["/a"] = f"http://{name}/b"
        allowed = open_gateway(allowedDownloadHosts=["127.0.0.1"])
        moved[name] = told(allowed, f"{web.url}/a", name, **EXTENSION)
    (one,) = {repr(answer) for answer in (*answers.values(), *secure.values(), *moved.values())}
    assert "is at" not in one
    assert not [address for address in ("192.168", "127.0.0.1", "169.254", "10.0.0") if address in one]


def test_a_program_is_told_what_is_wrong(open_gateway, names):
    gateway = open_gateway()
    message = store(gateway, "http://cloud.example/a")["error"]["message"]
    assert message == METADATA.format("cloud.example")
    assert "the name of the server cannot be resolved" in store(gateway, "http://unknown.example/a")["error"]["message"]


def test_every_refusal_takes_the_same_time(open_gateway, names, refusal):
    refusal(0.25)
    gateway, taken = open_gateway(), {}
    for name in PLACES:
        begin = time.monotonic()
        store(gateway, f"http://{name}/a", **EXTENSION)
        taken[name] = time.monotonic() - begin
    assert min(taken.values()) >= 0.25
    refusal(30)
    begin = time.monotonic()
    store(gateway, "http://cloud.example/a")
    assert time.monotonic() - begin < 20, "a program does not wait"


def test_a_redirect_is_checked_as_the_first_address_is(open_gateway, web):
    web.redirects["/a"] = "http://169.254.169.254/latest/meta-data/"
    error = store(open_gateway(), f"http://127.0.0.1:{web.server_port}/a")["error"]
    assert error["message"] == METADATA.format("169.254.169.254")


def test_the_checked_address_is_the_one_that_is_connected_to(open_gateway, monkeypatch):
    """DNS answers with a public address when asked first, and with this computer's afterwards."""
    real, asked, connected = socket.getaddrinfo, [], []

    def resolve(host, *args, **options):
        if host == "rebinding.example":
            asked.append(host)
            host = "192.0.2.1" if len(asked) > 1 else "93.184.216.34"
        return real(host, *args, **options)

    def connect(sock, address):
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert "error" in store(open_gateway(), "http://rebinding.example/a", **EXTENSION)
    assert asked == ["rebinding.example"]
    assert connected == ["93.184.216.34"]

"""Which addresses are downloaded from, and that it is the checked one that is connected to."""

import socket
from ipaddress import ip_address

import pytest

from addon.download_policy import AddressRefused, DownloadPolicy, embedded

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
PUBLIC = ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PUBLIC += ["2002:808:808::", "2001:0:7f00:1::f7f7:f7f7"]


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("policy", [PROGRAM, PAGE, DownloadPolicy(False, ("host", "host:80"))])
def test_nobody_reaches_link_local_and_metadata_addresses(policy, address):
    with pytest.raises(AddressRefused, match="nothing is downloaded"):
        policy.check("host", 80, address)


@pytest.mark.parametrize("address", PRIVATE)
def test_only_local_programs_and_allowed_hosts_lead_to_private_addresses(address):
    PROGRAM.check("host", 80, address)
    DownloadPolicy(False, ("host",)).check("host", 80, address)
    DownloadPolicy(False, ("host:80",)).check("host", 80, address)
    for policy in (PAGE, DownloadPolicy(False, ("host:81", "other"))):
        with pytest.raises(AddressRefused, match="allowedDownloadHosts can allow host:80"):
            policy.check("host", 80, address)


@pytest.mark.parametrize("address", PUBLIC)
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


def test_a_redirect_is_checked_as_the_first_address_is(open_gateway, web):
    web.redirects["/a"] = "http://169.254.169.254/latest/meta-data/"
    error = store(open_gateway(), f"http://127.0.0.1:{web.server_port}/a")["error"]
    assert error["message"] == "169.254.169.254 is at 169.254.169.254, from which nothing is downloaded"


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

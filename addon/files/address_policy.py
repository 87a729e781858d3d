"""Which addresses downloads may connect to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

Address = IPv4Address | IPv6Address

METADATA = {
    ip_address(text)
    for text in (
        *("100.100.100.200", "168.63.129.16", "192.0.0.192"),
        *("fd00:c1::a9fe:a9fe", "fd00:ec2::254", "fd20:ce::254"),
    )
}
"""Addresses of cloud metadata services, which give out a machine's secrets. The best known ones are link-local."""
SPECIAL = [
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
]
"""All of IANA's registries of special addresses, and multicast. A few are reachable globally, but as anycast:
https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
"""
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only IPv6 addresses that are assigned to public networks."""
NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
EMBEDDING = (IPv6Network("::/96"), IPv6Network("::ffff:0:0:0/96"), LOCAL_NAT64)
"""Networks whose addresses may end with an IPv4 address. The first two are deprecated."""
ISATAP = {0x00005EFE, 0x02005EFE}
"""The bits before an IPv4 address at the end (RFC 5214, section 6.1)."""


class AddressRefused(ValueError):
    """Downloads from this address are not allowed; the message says why."""


class DownloadPolicy(NamedTuple):
    """Decides which addresses a caller may download from.

    A local program may use every address that it could reach itself, except link-local and metadata addresses. Web
    origins and other computers may use only the public internet. Outside it they cannot find out whether a name
    exists, or which address it has.
    """

    is_local_program: bool
    allowed: tuple[str, ...] = ()
    """Hosts that every caller may download from, as `name` or `name:port`."""
    owner: Hashable = None
    """The `Caller.identity` whose downloads these are."""

    def check(self, host: str, port: int, address: str) -> None:
        """Raise AddressRefused unless the caller may connect to `host` at `address`, to which its name resolves."""
        real = embedded(ip_address(address.partition("%")[0]))
        addresses = [real, *_translations(real)]
        is_forbidden = any(known.is_link_local or known in METADATA for known in addresses)
        if self.is_hidden(host, port) and (is_forbidden or not all(map(_is_public, addresses))):
            raise self.refusal(host, port)
        if is_forbidden:
            raise AddressRefused(
                f"nothing is downloaded from {host}: its address {address} is link-local or a cloud's metadata service"
            )

    def is_hidden(self, host: str, port: int) -> bool:
        """Whether the caller must not learn what this computer knows about the host."""
        return not (self.is_local_program or {host, f"{host}:{port}"} & set(self.allowed))

    def refusal(self, host: str, port: int) -> AddressRefused:
        """Return the error for a hidden host. It is the same for an unknown name and for a private address."""
        return AddressRefused(
            f"nothing is downloaded from {host}: there is no such name, or it is not on the public internet. "
            f"The setting allowedDownloadHosts can allow {host}:{port}."
        )


def _is_public(address: Address) -> bool:
    is_given = isinstance(address, IPv4Address) or address in GLOBAL_UNICAST
    return is_given and not any(address in network for network in SPECIAL)


def embedded(address: Address) -> Address:
    """Return the IPv4 address that is embedded in an IPv6 address; without one, the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _translations(address: Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address may be translated to, in networks that do so."""
    if isinstance(address, IPv4Address):
        return
    bits = int(address)
    if any(address in network for network in EMBEDDING) or bits >> 32 & 0xFFFFFFFF in ISATAP:
        yield IPv4Address(bits & 0xFFFFFFFF)
    if address in LOCAL_NAT64:  # RFC 6052, section 2.2: the IPv4 address surrounds an octet of zeros
        digits = f"{bits:032x}"
        digits = digits[:16] + digits[18:]
        yield from (IPv4Address(int(digits[start : start + 8], 16)) for start in (12, 14, 16))

"""Which addresses downloads may connect to."""

from __future__ import annotations

from collections.abc import Hashable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

Address = IPv4Address | IPv6Address

METADATA = {
    ip_address(text)
    for text in (
        *("100.100.100.200", "168.63.129.16", "192.0.0.192"),
        *("fd00:c1::a9fe:a9fe", "fd00:ec2::254", "fd20:ce::254"),
    )
}
"""Where clouds keep the secrets of a machine; the best known of these addresses are link-local ones."""
NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefused(ValueError):
    """Nothing may be downloaded from this address; the message says why."""


class DownloadPolicy(NamedTuple):
    """Local programs reach what they could reach themselves; web origins and other computers the public internet."""

    is_local_program: bool
    allowed: tuple[str, ...] = ()
    """Hosts that everybody may download from, as `name` or `name:port`."""
    owner: Hashable = None
    """Whose downloads they are, by its `Caller.identity`."""

    def check(self, host: str, port: int, address: str) -> None:
        """Raise AddressRefused unless `host`, which is found at `address`, may be connected to."""
        real = embedded(ip_address(address.partition("%")[0]))
        if real.is_link_local or real in METADATA:
            raise AddressRefused(f"{host} is at {address}, from which nothing is downloaded")
        if self.is_local_program or {host, f"{host}:{port}"} & set(self.allowed):
            return
        if not _is_public(real):
            raise AddressRefused(
                f"{host} is at {address}, which is not on the public internet. The setting allowedDownloadHosts can "
                f"allow {host}:{port}."
            )


def _is_public(address: Address) -> bool:
    """Python calls some of IPv6 global that no public network is given: reserved blocks, and the old site-local one."""
    is_old = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or is_old)


def embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to, where it does; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address

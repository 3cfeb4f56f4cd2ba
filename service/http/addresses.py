"""Which IP addresses outbound requests may reach (server-side request forgery; RFC 6890 special-purpose registries)."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in IPv6 clothes; the inner one decides, since IPv6-only networks reach all of IPv4 so."""
REFUSED: tuple[tuple[Network, str], ...] = (
    (IPv4Network("169.254.0.0/16"), "a link-local address (cloud metadata lives there)"),
    (IPv4Network("168.63.129.16/32"), "a cloud provider's internal address"),
    (IPv4Network("192.0.0.0/24"), "a protocol's own address"),
    (IPv4Network("192.88.99.0/24"), "a retired 6to4 relay address"),
    (IPv6Network("64:ff9b:1::/48"), "a local NAT64 address"),
    (IPv6Network("2002::/16"), "a 6to4 tunnel address"),
    (IPv6Network("2001::/23"), "a Teredo tunnel or protocol address"),
    (IPv6Network("3fff::/20"), "a documentation address"),
    (IPv6Network("5f00::/16"), "a segment routing address"),
    (IPv6Network("fec0::/10"), "a site-local address"),
)


def parse_networks(ranges: Sequence[str]) -> tuple[Network, ...]:
    """CIDR texts as networks; ValueError where one is none."""
    return tuple(ip_network(text, strict=False) for text in ranges)


def _inner(address: Address) -> Address:
    """The IPv4 address inside an IPv4-mapped, IPv4-compatible or NAT64 one, else ``address``."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        number = int(address)
        if address in NAT64 or 1 < number < 1 << 32:
            return IPv4Address(number & 0xFFFFFFFF)
    return address


def refusal(text: str, allow: Sequence[Network] = ()) -> str | None:
    """Why the IP address ``text`` must not be reached ("a private address"), None when it may. ``allow`` wins."""
    # A zone ("fe80::1%eth0") only says through which card a link-local address is reached.
    address = _inner(ip_address(text.partition("%")[0]))
    if any(address.version == network.version and address in network for network in allow):
        return None
    for network, what in REFUSED:
        if address.version == network.version and address in network:
            return what
    if address.is_loopback:
        return "a loopback address"
    if address.is_multicast:
        return "a multicast address"
    if address.is_link_local:
        return "a link-local address"
    if not address.is_global:
        return "a private or reserved address"
    return None

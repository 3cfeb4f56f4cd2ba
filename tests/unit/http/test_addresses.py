import pytest

from service.errors import Invalid
from service.http.addresses import parse_networks, refusal

INSIDE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1"),
    *(
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
    ),
    *("fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fec0::1", "2001:db8::1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_public_are_refused_with_a_reason(address):
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101", "172.32.0.1", "100.128.0.1"]
)
def test_public_addresses_may_be_reached(address):
    assert refusal(address) is None


def test_what_the_settings_allow_is_let_through_and_nothing_more():
    allow = parse_networks(["127.0.0.0/8", "fd00::/8"])
    assert refusal("127.0.0.1", allow) is None
    assert refusal("::ffff:127.0.0.1", allow) is None
    assert refusal("fd00::1", allow) is None
    assert refusal("10.0.0.1", allow)
    assert refusal("::1", allow)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
async def test_the_check_comes_after_dns_so_no_spelling_gets_round_it(client, host):
    async with client(allow=()) as http:
        with pytest.raises(Invalid, match=r"http\.allow"):
            await http.send("GET", f"http://{host}:9/")


async def test_every_hop_is_checked(serve, client, answer):
    inner = await serve(answer(200, b"secret"), host="127.0.0.2")
    outer = await serve(answer(302, Location=f"http://127.0.0.2:{inner.port}/"))
    async with client(allow=("127.0.0.1/32",)) as http:
        with pytest.raises(Invalid, match=r"refused to reach 127\.0\.0\.2: a loopback address"):
            await http.send("GET", f"http://127.0.0.1:{outer.port}/")
    assert inner.requests == []


async def test_a_redirect_to_another_scheme_is_refused(serve, http, answer):
    server = await serve(answer(302, Location="file:///etc/passwd"))
    with pytest.raises(Invalid, match="not a web address"):
        await http.send("GET", f"http://127.0.0.1:{server.port}/")

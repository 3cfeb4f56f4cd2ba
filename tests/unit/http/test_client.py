import asyncio
import gzip
import ssl
import tracemalloc
import zlib

import pytest

from service.errors import Invalid, Transient


async def test_a_request_is_informative_and_carries_no_state(serve, http, answer):
    server = await serve(answer(200, b"hello", Set_Cookie="a=b", ETag='W/"x"'))
    for _ in range(2):
        response = await http.send("GET", f"http://127.0.0.1:{server.port}/feed?a=1")
    assert (response.status, response.body, response.ok) == (200, b"hello", True)
    line, fields = server.requests[1]
    assert line == "GET /feed?a=1 HTTP/1.1"
    assert fields["user-agent"].startswith("wirewatch/")
    assert "gzip" in fields["accept-encoding"]
    assert fields["host"] == f"127.0.0.1:{server.port}"
    assert not {"cookie", "referer", "authorization"} & fields.keys()


async def test_validators_travel_byte_for_byte(serve, http, answer):
    etag = 'W/"caf\xe9 \xc3\xa9" odd'
    server = await serve(answer(200, b"", ETag=etag, Last_Modified="yesterday-ish"))
    url = f"http://127.0.0.1:{server.port}/"
    first = await http.send("GET", url)
    assert first.headers.get("etag") == etag
    await http.send("GET", url, headers={"If-None-Match": first.headers.get("etag")})
    assert server.requests[1][1]["if-none-match"] == etag


async def test_repeated_fields_are_all_kept(serve, http):
    server = await serve(b"HTTP/1.1 200 OK\r\nLink: <a>\r\nLink: <b>\r\nContent-Length: 0\r\n\r\n")
    response = await http.send("GET", f"http://127.0.0.1:{server.port}/")
    assert response.headers.get_all("Link") == ("<a>", "<b>")


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "raw deflate", "x-gzip", "gzip members", "gzip twice", "padded gzip"]
)
async def test_encodings_are_undone(serve, http, answer, encoding):
    plain = b"news " * 50_000
    raw = zlib.compressobj(wbits=-15)
    body, name = {
        "gzip": (gzip.compress(plain), "gzip"),
        "deflate": (zlib.compress(plain), "deflate"),
        "raw deflate": (raw.compress(plain) + raw.flush(), "deflate"),
        "x-gzip": (gzip.compress(plain), "x-gzip"),
        "gzip members": (gzip.compress(plain[:100_000]) + gzip.compress(plain[100_000:]), "gzip"),
        "gzip twice": (gzip.compress(gzip.compress(plain)), "gzip, gzip"),
        "padded gzip": (gzip.compress(plain) + b"\0" * 20, "gzip"),
    }[encoding]
    server = await serve(answer(200, body, Content_Encoding=name))
    response = await http.send("GET", f"http://127.0.0.1:{server.port}/")
    assert response.body == plain
    assert response.wire_bytes == len(body)


@pytest.mark.parametrize("layers", [1, 2])
async def test_a_gzip_bomb_stops_at_the_limit_in_little_memory(serve, client, answer, layers):
    bomb = gzip.compress(bytes(200_000_000))
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    server = await serve(answer(200, bomb, Content_Encoding=", ".join(["gzip"] * layers)))
    async with client(max_body=1_000_000) as http:
        tracemalloc.start()
        with pytest.raises(Invalid, match="larger than 1000000 bytes"):
            await http.send("GET", f"http://127.0.0.1:{server.port}/")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("body", "encoding", "error", "message"),
    [
        (b"plain", "gzip", Invalid, "says it is gzip but is not"),
        (b"x", "br", Invalid, "nobody asked for"),
        (b"x", "gzip, gzip, gzip", Invalid, "3 times over"),
        (gzip.compress(b"news" * 1000)[:-12], "gzip", Transient, "cut short"),
    ],
)
async def test_bad_encodings_say_so(serve, http, answer, body, encoding, error, message):
    server = await serve(answer(200, body, Content_Encoding=encoding))
    with pytest.raises(error, match=message):
        await http.send("GET", f"http://127.0.0.1:{server.port}/")


async def test_a_body_over_the_limit_is_refused_or_cut(serve, http, answer):
    server = await serve(answer(200, b"a" * 5000))
    url = f"http://127.0.0.1:{server.port}/"
    with pytest.raises(Invalid, match="larger than 100 bytes"):
        await http.send("GET", url, max_body=100)
    response = await http.send("GET", url, max_body=100, cut=True)
    assert (response.body, response.truncated) == (b"a" * 100, True)


async def test_an_endless_drip_ends_at_the_total_deadline(serve, http):
    async def drip():
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"."
            await asyncio.sleep(0.02)

    server = await serve(lambda *_: drip())
    with pytest.raises(Transient, match=r"no complete answer from 127\.0\.0\.1 within 0\.3 s"):
        await http.send("GET", f"http://127.0.0.1:{server.port}/", timeout=0.3)


async def test_redirects_are_followed_and_told(serve, http, answer):
    def reply(server, path, fields):
        return {
            "/a": answer(301, Location="/b"),
            "/b": answer(302, Location="c?x=1#frag"),
            "/c?x=1": answer(200, b"end"),
        }[path]

    server = await serve(reply)
    base = f"http://127.0.0.1:{server.port}"
    response = await http.send("GET", f"{base}/a")
    assert response.body == b"end"
    assert response.url == f"{base}/c?x=1"
    assert response.redirects == ((301, f"{base}/b"), (302, f"{base}/c?x=1"))
    unfollowed = await http.send("GET", f"{base}/a", follow=False)
    assert (unfollowed.status, unfollowed.redirects) == (301, ())


async def test_five_redirects_are_followed_and_a_sixth_is_not(serve, http, answer):
    server = await serve(lambda s, path, f: answer(302, Location=f"/{int(path[1:]) - 1}") if path != "/0" else answer())
    assert (await http.send("GET", f"http://127.0.0.1:{server.port}/5")).status == 200
    with pytest.raises(Invalid, match="more than 5 redirects"):
        await http.send("GET", f"http://127.0.0.1:{server.port}/6")


async def test_a_post_is_repeated_whole_on_307_and_becomes_a_get_on_303(serve, http, answer):
    def reply(server, path, fields):
        return answer(int(path[1:]), Location="/200") if path != "/200" else answer()

    server = await serve(reply)
    for status, expected in ((307, "POST"), (308, "POST"), (303, "GET"), (302, "GET")):
        await http.send("POST", f"http://127.0.0.1:{server.port}/{status}", body=b"x=1")
        line, fields = server.requests[-1]
        assert line.split()[0] == expected
        assert (fields.get(":body") == "x=1") == (expected == "POST")


async def test_credentials_go_to_their_own_origin_only(serve, http, answer):
    other = await serve(answer(200))
    home = await serve(
        lambda s, path, f: answer(302, Location=f"http://127.0.0.1:{other.port}/x") if path == "/go" else answer()
    )
    response = await http.send("GET", f"http://us%20er:pa:ss@127.0.0.1:{home.port}/go", headers={"Cookie": "s=1"})
    assert home.requests[0][1]["authorization"] == "Basic dXMgZXI6cGE6c3M="
    assert not {"authorization", "cookie"} & other.requests[0][1].keys()
    assert "pa" not in response.url + str(response.redirects)


async def test_errors_do_not_tell_credentials(http):
    with pytest.raises(Transient) as caught:
        await http.send("GET", "http://user:hush@127.0.0.1:1/")
    assert "hush" not in str(caught.value)
    with pytest.raises(Invalid) as caught_url:
        await http.send("GET", "ftp://user:hush@127.0.0.1/")
    assert "hush" not in str(caught_url.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "ftp://a/b",
        "http://",
        "http:///x",
        "file:///etc/passwd",
        "http://a:99999/",
        "http://a\x00b/",
        "http://[::1",
        "http://xn--/",
        "http://" + "a" * 9000,
    ],
)
async def test_what_is_no_web_address_is_invalid(http, url):
    with pytest.raises((Invalid, Transient)):
        await http.send("GET", url)


async def test_a_dead_port_and_an_unknown_name_may_go_right_later(http):
    with pytest.raises(Transient, match=r"cannot connect to 127\.0\.0\.1:1: "):
        await http.send("GET", "http://127.0.0.1:1/")
    with pytest.raises(Transient, match=r"cannot find nowhere\.invalid"):
        await http.send("GET", "http://nowhere.invalid/")


@pytest.mark.parametrize(
    "junk", [b"", b"\x16\x03garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"]
)
async def test_a_broken_answer_may_go_right_later(serve, http, junk):
    server = await serve(junk)
    with pytest.raises(Transient, match=r"127\.0\.0\.1"):
        await http.send("GET", f"http://127.0.0.1:{server.port}/")


async def test_tls_shows_the_name_and_checks_the_certificate(serve, client, answer, authority):
    shown = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda sock, name, ctx: shown.append(name)
    authority.issue_cert("localhost").configure_cert(context)
    server = await serve(answer(200, b"safe"), tls=context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with client(tls=trusting) as http:
        assert (await http.send("GET", f"https://localhost:{server.port}/")).body == b"safe"
        assert shown == ["localhost"]
        with pytest.raises(Transient, match=r"certificate of 127\.0\.0\.1 is not valid"):
            await http.send("GET", f"https://127.0.0.1:{server.port}/")

"""What both programs for Python's websockets do once they are connected to an endpoint that echoes."""


async def exercise(socket):
    async def echoes(what, message):
        echo = await socket.recv()
        if echo != message:
            raise AssertionError(f"{what} came back as {type(echo).__name__} of length {len(echo)}")

    for what, message in [
        ("text", "grüße, 世界 🎈"),
        ("binary", bytes([0, 1, 0x80, 0xFF])),
        ("empty text", ""),
        ("empty binary", b""),
        ("1 MiB of text", "abcdefghij" * 104858),
        ("1 MiB of bytes", bytes(range(256)) * 4096),
    ]:
        await socket.send(message)
        await echoes(what, message)

    async def fragments():
        yield "one "
        pong = await socket.ping("between")
        await pong
        yield "two"

    await socket.send(fragments())
    await echoes("fragmented text", "one two")
    await (await socket.ping())

    await socket.close(4001, "done")
    if socket.close_code != 4001:
        raise AssertionError(f"closed with {socket.close_code}")

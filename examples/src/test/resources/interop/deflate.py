"""What both programs for Python's websockets do with permessage-deflate: many messages, some ahead of their echoes."""
import asyncio
import random

WORDS = ['{"id":', '"name":"', "grüße", "世界", ",", '"},', " 0123456789", " the same again"]
SIZES = [0, 1, 2, 20, 125, 126, 300, 1000, 1024, 1100, 3000, 9000, 40000, 70000]

# What the ends of websockets can ask for.
VARIANTS = [
    {},
    {"server_no_context_takeover": True, "client_no_context_takeover": True},
    {"server_max_window_bits": 9},
    {"server_max_window_bits": 12, "client_max_window_bits": 10},
]


def messages(count):
    source = random.Random(7)
    for i in range(count):
        size = source.choice(SIZES if i % 10 == 0 else SIZES[:-3]) + source.randrange(5)
        if source.randrange(3) == 0:
            yield bytes(source.choices(range(source.choice([4, 256])), k=size))
        else:
            text = ""
            while len(text) < size:
                text += source.choice(WORDS)
            yield text


async def exercise(socket, count):
    if not socket.extensions:
        raise AssertionError("no extension was agreed on")
    every = list(messages(count))
    ahead = asyncio.Semaphore(20)

    async def send():
        for i, message in enumerate(every):
            await ahead.acquire()
            half = len(message) // 2
            await socket.send([message[:half], message[half:]] if i % 3 == 0 else message)

    sending = asyncio.ensure_future(send())
    for i, message in enumerate(every):
        echo = await socket.recv()
        ahead.release()
        if echo != message:
            raise AssertionError(f"message {i} came back as {type(echo).__name__} of length {len(echo)}")
    await sending
    await socket.close(4001, "done")

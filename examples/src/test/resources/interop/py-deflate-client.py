"""Exercises an echo server that compresses with python3-websockets: py-deflate-client.py URL COUNT"""
import asyncio
import sys

import websockets
from deflate import VARIANTS, exercise
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory


async def main(url, count):
    for variant in VARIANTS:
        extensions = [ClientPerMessageDeflateFactory(**{"client_max_window_bits": True, **variant})]
        async with websockets.connect(url, max_size=8 << 20, compression=None, extensions=extensions) as socket:
            await exercise(socket, count)
    print("ok")


asyncio.run(main(sys.argv[1], int(sys.argv[2])))

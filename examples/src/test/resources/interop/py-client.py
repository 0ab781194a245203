"""Exercises an echo server with Debian's python3-websockets: py-client.py URL"""
import asyncio
import sys

import websockets
from exercise import exercise


async def main(url):
    async with websockets.connect(url, max_size=8 << 20, compression=None) as socket:
        await exercise(socket)
    print("ok")


asyncio.run(main(sys.argv[1]))

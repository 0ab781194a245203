"""Exercises an echoing client with Debian's python3-websockets: prints its port, then the verdict on its one connection."""
import asyncio

import websockets
from exercise import exercise


async def main():
    verdict = asyncio.get_running_loop().create_future()

    async def handle(socket, path=None):
        try:
            await exercise(socket)
            verdict.set_result("ok")
        except BaseException as error:
            verdict.set_exception(error)

    async with websockets.serve(handle, "127.0.0.1", 0, max_size=8 << 20, compression=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        print(await verdict)


asyncio.run(main())

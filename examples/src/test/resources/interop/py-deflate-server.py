"""Exercises an echoing client that compresses with python3-websockets: py-deflate-server.py COUNT. Prints its port, and then
the verdict on one connection to each of the paths /0, /1, ..."""
import asyncio
import sys

import websockets
from deflate import VARIANTS, exercise
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory


class Choosing(websockets.WebSocketServerProtocol):
    def process_extensions(self, headers, available_extensions):
        return super().process_extensions(headers, [ServerPerMessageDeflateFactory(**VARIANTS[int(self.path[1:])])])


async def main(count):
    verdict = asyncio.get_running_loop().create_future()
    left = len(VARIANTS)

    async def handle(socket, path=None):
        nonlocal left
        try:
            await exercise(socket, count)
            left -= 1
            if left == 0:
                verdict.set_result("ok")
        except BaseException as error:
            verdict.set_exception(error)

    async with websockets.serve(
        handle, "127.0.0.1", 0, max_size=8 << 20, compression=None, create_protocol=Choosing
    ) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        print(await verdict)


asyncio.run(main(int(sys.argv[1])))

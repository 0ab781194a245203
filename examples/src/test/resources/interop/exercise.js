// What both programs for npm's ws do once they are connected to an endpoint that echoes.
const { once } = require('events');

module.exports = async function exercise(socket, close) {
  const received = [];
  let wake = () => {};
  socket.on('message', (data, binary) => { received.push([data, binary]); wake(); });
  const next = async () => {
    while (received.length === 0) await new Promise((resolve) => (wake = resolve));
    return received.shift();
  };
  const echoed = async (what, bytes, binary) => {
    const [data, isBinary] = await next();
    if (isBinary !== binary || !data.equals(bytes)) {
      throw new Error(`${what} came back as ${data.length} bytes, binary ${isBinary}`);
    }
  };

  const text = 'grüße, 世界 🎈';
  socket.send(text);
  await echoed('text', Buffer.from(text), false);
  const bytes = Buffer.from([0, 1, 0x80, 0xff]);
  socket.send(bytes);
  await echoed('binary', bytes, true);
  socket.send('');
  await echoed('empty text', Buffer.alloc(0), false);
  socket.send(Buffer.alloc(0));
  await echoed('empty binary', Buffer.alloc(0), true);

  const pong = once(socket, 'pong');
  socket.send('one ', { fin: false });
  socket.ping('between');
  socket.send('', { fin: false });
  socket.send('two', { fin: true });
  const [payload] = await pong;
  if (payload.toString() !== 'between') throw new Error(`pong has payload ${payload}`);
  await echoed('fragmented text', Buffer.from('one two'), false);

  const large = Buffer.alloc(1 << 20, 'abcdefghij');
  socket.send(large.toString());
  socket.send(large);
  await echoed('1 MiB of text', large, false);
  await echoed('1 MiB of bytes', large, true);

  const closed = once(socket, 'close');
  socket.close(4001, 'done');
  const [code] = await closed;
  if (code !== 4001) throw new Error(`closed with ${code}`);
};

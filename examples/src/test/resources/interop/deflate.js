// What both programs for npm's ws do with permessage-deflate: many messages, some ahead of their echoes.
const { once } = require('events');

const WORDS = ['{"id":', '"name":"', 'grüße', '世界', ',', '"},', ' 0123456789', ' the same again'];

// Not random, so that a failure repeats: a small generator of its own.
function messages(count) {
  let seed = 12345;
  const next = (bound) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % bound;
  };
  const sizes = [0, 1, 2, 20, 125, 126, 300, 1000, 1024, 1100, 3000, 9000, 40000, 70000];
  return Array.from({ length: count }, (_, i) => {
    const size = sizes[next(i % 10 === 0 ? sizes.length : sizes.length - 3)] + next(5);
    if (next(3) === 0) {
      return Buffer.from(Array.from({ length: size }, () => next(next(2) ? 256 : 4)));
    }
    let text = '';
    while (text.length < size) text += WORDS[next(WORDS.length)];
    return text;
  });
}

module.exports = async function exercise(socket, count) {
  if (!socket.extensions.includes('permessage-deflate')) throw new Error(`extensions: '${socket.extensions}'`);
  const all = messages(count);
  let at = 0;
  let sent = 0;
  await new Promise((resolve, reject) => {
    const send = () => {
      while (sent < all.length && sent < at + 20) {
        const message = all[sent++];
        if (sent % 3 === 0) {
          const half = message.length >> 1;
          socket.send(message.slice(0, half), { fin: false, binary: typeof message !== 'string' });
          socket.ping('between');
          socket.send(message.slice(half), { fin: true });
        } else {
          socket.send(message);
        }
      }
    };
    socket.on('close', (code) => reject(new Error(`closed with ${code} behind message ${at}`)));
    socket.on('error', reject);
    socket.on('message', (data, binary) => {
      const expected = all[at];
      if (binary !== (typeof expected !== 'string') || !data.equals(Buffer.from(expected))) {
        reject(new Error(`message ${at} of ${expected.length} came back as ${data.length} bytes, binary ${binary}`));
      } else if (++at === all.length) {
        resolve();
      } else {
        send();
      }
    });
    send();
  });
  socket.removeAllListeners('close');
  const closed = once(socket, 'close');
  socket.close(4001, 'done');
  await closed;
};

// What the ends of ws can ask for.
module.exports.VARIANTS = [
  {},
  { serverNoContextTakeover: true, clientNoContextTakeover: true },
  { serverMaxWindowBits: 9 },
  { serverMaxWindowBits: 12, clientMaxWindowBits: 10 },
].map((variant) => ({ threshold: 0, ...variant }));

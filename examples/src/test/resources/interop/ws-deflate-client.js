// Exercises an echo server that compresses with npm's ws, asking for it in several ways: node ws-deflate-client.js URL COUNT
const { once } = require('events');
const WebSocket = require(process.env.WS_MODULE);
const exercise = require('./deflate.js');

async function main(url, count) {
  for (const perMessageDeflate of exercise.VARIANTS) {
    const socket = new WebSocket(url, { maxPayload: 8 << 20, perMessageDeflate });
    await once(socket, 'open');
    await exercise(socket, count);
  }
}

main(process.argv[2], Number(process.argv[3])).then(
  () => console.log('ok'),
  (error) => { console.log(error.stack); process.exit(1); });

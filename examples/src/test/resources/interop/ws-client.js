// Exercises an echo server with npm's ws: node ws-client.js URL
const { once } = require('events');
const WebSocket = require(process.env.WS_MODULE);
const exercise = require('./exercise.js');

async function main(url) {
  const socket = new WebSocket(url, { maxPayload: 8 << 20 });
  await once(socket, 'open');
  await exercise(socket);
}

main(process.argv[2]).then(
  () => console.log('ok'),
  (error) => { console.log(error.stack); process.exit(1); });

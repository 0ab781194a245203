// Exercises an echoing client that compresses with npm's ws: node ws-deflate-server.js COUNT. Prints its port, and then the
// verdict on one connection to each of the paths /0, /1, ...
const http = require('http');
const WebSocket = require(process.env.WS_MODULE);
const exercise = require('./deflate.js');

const count = Number(process.argv[2]);
const servers = exercise.VARIANTS.map(
  (perMessageDeflate) => new WebSocket.Server({ noServer: true, maxPayload: 8 << 20, perMessageDeflate }));
const server = http.createServer();
let left = servers.length;
server.on('upgrade', (request, stream, head) => {
  const chosen = servers[Number(request.url.slice(1))];
  chosen.handleUpgrade(request, stream, head, (socket) => exercise(socket, count).then(
    () => { if (--left === 0) { console.log('ok'); process.exit(0); } },
    (error) => { console.log(error.stack); process.exit(1); }));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

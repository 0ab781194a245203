// Exercises an echoing client with npm's ws: prints its port, and then the verdict on its one connection.
const WebSocket = require(process.env.WS_MODULE);
const exercise = require('./exercise.js');

const server = new WebSocket.Server({ host: '127.0.0.1', port: 0, maxPayload: 8 << 20 });
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => exercise(socket).then(
  () => { console.log('ok'); process.exit(0); },
  (error) => { console.log(error.stack); process.exit(1); }));

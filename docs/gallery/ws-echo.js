// Echoes, compressed if the client offers it.
const { WebSocketServer } = require('ws');
const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1', perMessageDeflate: { threshold: 0 } });
server.on('connection', (connection) => {
  connection.on('message', (data, binary) => connection.send(data, { binary }));
  connection.on('error', () => {});
});

import { createSocket } from 'node:dgram';

const TXT = 16;
const NO_SUCH_NAME = 3;

/** A name server on loopback that knows TXT records only: what `records` says, by lower-case name. */
export async function startDns(records: Map<string, string>) {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    while (query[at]) {
      const length = query[at] ?? 0;
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const question = query.subarray(12, at + 5);
    const text = query.readUInt16BE(at + 1) === TXT ? records.get(labels.join('.').toLowerCase()) : undefined;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (text === undefined ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(text === undefined ? 0 : 1, 6);
    const parts = [header, question];
    if (text !== undefined) {
      const answer = Buffer.alloc(12);
      // A pointer to the question's name, TXT, IN, no life, the length of one string and its length byte.
      answer.writeUInt16BE(0xc00c, 0);
      answer.writeUInt16BE(TXT, 2);
      answer.writeUInt16BE(1, 4);
      answer.writeUInt16BE(text.length + 1, 10);
      parts.push(answer, Buffer.from([text.length]), Buffer.from(text, 'latin1'));
    }
    socket.send(Buffer.concat(parts), from.port, from.address);
  });
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
  const { port } = socket.address();
  return {
    address: `127.0.0.1:${port}`,
    stop: () => new Promise<void>((done) => socket.close(() => done())),
  };
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** S3 gives a thousand at a time; so few that a caller has to ask for the next page. */
const PAGE_KEYS = 2;

export type S3StandInOptions = {
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  port?: number;
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The signature that AWS Signature Version 4 asks of this request (header form). */
function signatureOf(request: IncomingMessage, credential: string, signed: string, secret: string): string {
  const [, day = '', region = '', service = '', end = ''] = credential.split('/');
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query,
    headers.join(''),
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = [day, region, service, end].join('/');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [region, service, end].reduce(hmac, hmac(`AWS4${secret}`, day));
  return hmac(key, toSign).toString('hex');
}

function isSigned(request: IncomingMessage, body: Buffer, options: S3StandInOptions): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  const [, credential = '', signed = '', signature = ''] = given ?? [];
  if (!given || credential.split('/')[0] !== options.accessKeyId) return false;
  if (request.headers['x-amz-content-sha256'] !== sha256(body)) return false;
  const expected = signatureOf(request, credential, signed, options.secretAccessKey);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/**
 * As much of S3 as the app asks of it, over real HTTP and with checked signatures: put, get, list and delete
 * of objects in one bucket. Kept in memory.
 */
export async function startS3(options: S3StandInOptions) {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const refuse = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
      );
    };
    const [, bucket = '', ...rest] = new URL(request.url ?? '/', 'http://stand-in').pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    if (!isSigned(request, body, options)) return refuse(403, 'SignatureDoesNotMatch');
    if (bucket !== options.bucket) return refuse(404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      objects.set(key, body);
      response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
      return;
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
      return;
    }
    const list = new URL(request.url ?? '/', 'http://stand-in').searchParams;
    if (request.method === 'GET' && !key && list.get('list-type') === '2') {
      const prefix = list.get('prefix') ?? '';
      const after = list.get('continuation-token') ?? '';
      const found = [...objects.keys()].filter((one) => one.startsWith(prefix) && one > after).sort();
      const page = found.slice(0, PAGE_KEYS);
      const more = found.length > page.length;
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${
          more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
        }${page.map((one) => `<Contents><Key>${one}</Key></Contents>`).join('')}</ListBucketResult>`,
      );
      return;
    }
    const content = objects.get(key);
    if (request.method !== 'GET') return refuse(405, 'MethodNotAllowed');
    if (!content) return refuse(404, 'NoSuchKey');
    response.writeHead(200, {
      'content-length': String(content.length),
      'content-type': 'application/octet-stream',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// @ts-nocheck
import fc from 'fast-check';
import type { Person } from '../kernel.ts';

const CRLF = '\r\n';

/** One or two requests as bytes, with something wrong somewhere: in the line, a header, a length, a chunk. */
export function damagedHttp(person: Person): fc.Arbitrary<Uint8Array> {
  const body = fc.constantFrom(
    '{"name":"raw"}',
    '{"name":',
    '',
    '{"query":"mutation { createApiKey(input: { name: \\"raw\\" }) { key } }"}',
  );
  const line = fc.constantFrom(
    'POST /api/v1/keys HTTP/1.1',
    'POST /api/v1/graphql HTTP/1.1',
    'POST http://localhost/api/v1/keys HTTP/1.1',
    'POST //api/v1/keys HTTP/1.1',
    'POST * HTTP/1.1',
    'POST /api/v1/keys HTTP/1.0',
    'POST /api/v1/keys',
    'CONNECT localhost:80 HTTP/1.1',
    'GET /api/v1/graphql HTTP/2.0',
    'PRI * HTTP/2.0',
  );
  const header = fc.constantFrom(
    'Host: localhost',
    'Content-Type: application/json',
    `Authorization: Bearer ${person.token}`,
    'Authorization: Bearer x',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: x',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Expect: 100-continue',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Connection: close',
    ' folded: x',
    'X: \u0000',
    ': empty',
    `X-Long: ${'x'.repeat(9000)}`,
    'Trailer: Authorization',
    'Content-Encoding: gzip',
  );
  const whole = fc
    .tuple(line, fc.array(header, { maxLength: 6 }), body, fc.boolean())
    .map(([start, headers, content, right]) => {
      const usual = right
        ? [
            'Host: localhost',
            'Content-Type: application/json',
            `Authorization: Bearer ${person.token}`,
            `Content-Length: ${Buffer.byteLength(content)}`,
          ]
        : [];
      // So that it is known when the answer is complete, the server is asked to close the connection.
      return `${[start, 'Connection: close', ...usual, ...headers].join(CRLF)}${CRLF}${CRLF}${content}`;
    });
  const text = fc.oneof(
    { weight: 4, arbitrary: whole },
    { weight: 1, arbitrary: fc.tuple(whole, whole).map(([one, two]) => one + two) },
  );
  const damage = fc
    .tuple(text, fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 8 }))
    .map(([given, at, noise]) => {
      const bytes = Buffer.from(given, 'latin1');
      const index = Math.floor(at * bytes.length);
      return Buffer.concat([bytes.subarray(0, index), noise, bytes.subarray(index + noise.length)]);
    });
  return fc.oneof(
    { weight: 3, arbitrary: text.map((given) => Buffer.from(given, 'latin1')) },
    { weight: 3, arbitrary: damage },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) },
  );
}

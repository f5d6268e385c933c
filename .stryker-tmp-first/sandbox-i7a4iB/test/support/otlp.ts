// @ts-nocheck
import { once } from 'node:events';
import { createServer } from 'node:http';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly events: number;
}

/** A receiver of OTLP over HTTP with protobuf bodies. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly endpoint: string;
  spans(): ReceivedSpan[];
  /** All that was sent, as text: strings are in protobuf as they are. */
  text(): string;
}

export async function receiveOtlp(): Promise<OtlpReceiver> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const expected =
        request.method === 'POST' &&
        request.url === '/v1/traces' &&
        request.headers['content-type'] === 'application/x-protobuf';
      if (expected) bodies.push(Buffer.concat(chunks));
      response.writeHead(expected ? 200 : 400, { 'content-type': 'application/x-protobuf' }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    // ExportTraceServiceRequest.resource_spans.scope_spans.spans, by their field numbers.
    spans: () =>
      bodies.flatMap((body) => [body].flatMap(messages(1)).flatMap(messages(2)).flatMap(messages(2)).map(toSpan)),
    text: () => Buffer.concat(bodies).toString('latin1'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Field = { readonly number: number; readonly value: Buffer | bigint };

/** The fields of a protobuf message, in the wire format. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(offset);
      offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    offset += length;
    return message.subarray(offset - length, offset);
  };
  while (offset < message.length) {
    const tag = Number(varint());
    const type = tag & 7;
    if (type === 0) fields.push({ number: tag >> 3, value: varint() });
    else if (type === 1) fields.push({ number: tag >> 3, value: bytes(8) });
    else if (type === 2) fields.push({ number: tag >> 3, value: bytes(Number(varint())) });
    else if (type === 5) fields.push({ number: tag >> 3, value: bytes(4) });
    else throw new Error(`wire type ${type}`);
  }
  return fields;
}

const messages =
  (number: number) =>
  (message: Buffer): Buffer[] =>
    fieldsOf(message).flatMap((field) =>
      field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
    );

function toSpan(message: Buffer): ReceivedSpan {
  const bytes = (number: number, of = message): Buffer => messages(number)(of)[0] ?? Buffer.alloc(0);
  const number = (wanted: number, of = message): number =>
    Number(fieldsOf(of).find((field) => field.number === wanted && typeof field.value === 'bigint')?.value ?? 0);
  return {
    traceId: bytes(1).toString('hex'),
    spanId: bytes(2).toString('hex'),
    parentSpanId: bytes(4).toString('hex'),
    traceState: bytes(3).toString(),
    name: bytes(5).toString(),
    kind: number(6),
    attributes: Object.fromEntries(
      messages(9)(message).map((attribute) => {
        const value = bytes(2, attribute);
        const text = messages(1)(value)[0];
        return [bytes(1, attribute).toString(), text === undefined ? number(3, value) : text.toString()];
      }),
    ),
    statusCode: number(3, bytes(15)),
    statusMessage: bytes(2, bytes(15)).toString(),
    events: messages(11)(message).length,
  };
}

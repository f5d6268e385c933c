// @ts-nocheck
// 
import type { Attack, Target } from './target.ts';

const SIGN_IN = '/api/v1/auth/sign-in/email';

const head = ({ url }: Target, line: string, lines: readonly string[]): string =>
  [line, `Host: ${url.host}`, `Origin: ${url.origin}`, 'Content-Type: application/json', ...lines, '', ''].join('\r\n');

/** The statuses of the answers that came back. */
const statuses = (received: string): string[] =>
  [...received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);

const smuggling: Attack = {
  name: 'a request is read in two ways',
  async run(target) {
    const line = `POST ${SIGN_IN} HTTP/1.1`;
    const inner = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    const heads: [string, string][] = [
      ['two hosts', head(target, line, ['Host: other'])],
      ['two lengths', `${head(target, line, ['Content-Length: 0', `Content-Length: ${inner.length}`])}${inner}`],
      [
        'a length and a coding',
        `${head(target, line, ['Content-Length: 4', 'Transfer-Encoding: chunked'])}0\r\n\r\n${inner}`,
      ],
      ['a coding in HTTP/1.0', `${head(target, `POST ${SIGN_IN} HTTP/1.0`, ['Transfer-Encoding: chunked'])}0\r\n\r\n`],
      ['two codings', `${head(target, line, ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'])}0\r\n\r\n`],
      ['two credentials', head(target, line, ['Authorization: Bearer a', 'Authorization: Bearer b'])],
      ['two referers', head(target, line, ['Referer: http://a/', 'Referer: http://b/'])],
      ['credentials in the target', head(target, `POST http://u:p@${target.url.host}${SIGN_IN} HTTP/1.1`, [])],
      ['another host in the target', head(target, `POST http://other${SIGN_IN} HTTP/1.1`, [])],
    ];
    const received = await Promise.all(heads.map(([, bytes]) => target.raw(bytes)));
    for (const [index, [what]] of heads.entries()) {
      const answers = statuses(received[index] ?? '');
      if (answers.length > 1 || answers.some((status) => status !== '400')) return `${what}: ${answers.join(' ')}`;
    }
    return undefined;
  },
};

const largeBodies: Attack = {
  name: 'a body without end is read',
  async run(target) {
    const paths = [SIGN_IN, '/api/v1/data/sys_user', '/api/v1/keys', '/api/v1/graphql', '/nowhere'];
    const declared = (path: string) => head(target, `POST ${path} HTTP/1.1`, ['Content-Length: 480000000']);
    const received = await Promise.all(paths.map((path) => target.raw(`${declared(path)}{`)));
    for (const [index, path] of paths.entries()) {
      const [status = 'nothing'] = statuses(received[index] ?? '');
      if (!['413', '401', '404'].includes(status)) return `${path}: ${status}`;
    }
    return undefined;
  },
};

const pipelines: Attack = {
  name: 'a connection pipelines more than it may',
  async run(target) {
    const request = `GET /healthz HTTP/1.1\r\nHost: ${target.url.host}\r\n\r\n`;
    const answers = statuses(await target.raw(request.repeat(1500), 3000));
    return answers.length >= 1500 ? `${answers.length} answers` : undefined;
  },
};

const stalledBodies: Attack = {
  name: 'stalled bodies of one key stop others from minting',
  async run(target, count) {
    const key = `X-API-Key: ${target.withKey['x-api-key']}`;
    const bytes = `${head(target, 'POST /api/v1/graphql HTTP/1.1', ['Content-Length: 100', key])}{`;
    const stalled = Array.from({ length: count }, () => target.raw(bytes, 2000));
    const answer = await target.send({
      method: 'POST',
      path: '/api/v1/graphql',
      headers: target.asPerson,
      body: { query: '{ viewer { id } }' },
    });
    await Promise.all(stalled);
    return answer.status === 200 ? undefined : `${count} stalled: ${answer.status}`;
  },
};

const starvation: Attack = {
  name: 'parallel reads of one key starve others',
  async run(target, count) {
    const reads = Array.from({ length: count }, () =>
      target.send({ method: 'GET', path: '/api/v1/data/sys_user', headers: target.withKey }),
    );
    const start = performance.now();
    const { status } = await target.send({
      method: 'POST',
      path: '/api/v1/graphql',
      headers: target.asPerson,
      body: { query: '{ viewer { id } }' },
    });
    const milliseconds = Math.round(performance.now() - start);
    const failed = (await Promise.all(reads)).filter((read) => read.status >= 500 && read.status !== 503);
    if (failed.length > 0) return `${failed.length} reads answered ${failed[0]?.status}`;
    return status === 200 && milliseconds < 5000 ? undefined : `${status} after ${milliseconds} ms`;
  },
};

const headers: Attack = {
  name: 'an answer of sign-in is cached, or a header of the caller comes back',
  async run(target) {
    const planted = 'osk_planted-in-a-request-id';
    const body = '{"email":"attack@example.test","password":"wrong"}';
    const bytes = `${head(target, `POST ${SIGN_IN} HTTP/1.1`, [`X-Request-Id: ${planted} `, `Content-Length: ${body.length}`, 'Connection: close'])}${body}`;
    const received = await target.raw(bytes, 5000);
    if (received.includes(planted)) return 'X-Request-Id comes back';
    return /^cache-control:[^\r\n]*no-store/im.test(received) ? undefined : 'no "no-store"';
  },
};

const deafReaders: Attack = {
  name: 'connections that read nothing stop the server',
  async run(target, count) {
    const request = `GET /_console/ HTTP/1.1\r\nHost: ${target.url.host}\r\n\r\n`.repeat(1500);
    const deaf = Array.from({ length: Math.min(count, 14) }, () => target.deaf(request));
    const { status } = await target.send({ method: 'GET', path: '/healthz' });
    for (const close of deaf) close();
    return status === 200 ? undefined : `/healthz: ${status}`;
  },
};

export const WIRE: readonly Attack[] = [
  smuggling,
  headers,
  largeBodies,
  pipelines,
  deafReaders,
  stalledBodies,
  starvation,
];

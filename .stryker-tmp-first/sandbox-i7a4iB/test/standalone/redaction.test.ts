// @ts-nocheck
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { generateApiKey } from '@objectstack/core';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/standalone/redaction.ts';

const { raw: key, hash, prefix } = generateApiKey();
const token = '45hTc3HxGhRR2YuE1OBPFiEA8XnE68Dr';
const signed = `${token}.${createHash('sha256').update(token).digest('base64')}`;
const password = 'Correct-Horse-9';
const known = ['a secret of this process'];

describe('a line of output', () => {
  it.each<[string, string, string]>([
    ['a key', `generated ${key}`, key],
    ['the greater part of a key', `generated ${key.slice(0, 30)}...`, key.slice(0, 30)],
    ['a hash', `{"hash":"${hash}"}`, hash],
    ['a hash in capital letters', hash.toUpperCase(), hash.toUpperCase()],
    ['the hash of a violated constraint', `Key (key)=(${hash}) already exists.`, hash],
    ['a token of a violated constraint', `detail: 'Key (token)=(${token}) already exists.'`, token],
    [
      'a token in a statement',
      `select * from \`sys_session\` where \`token\` = '${token}' limit 1 - disk I/O error`,
      token,
    ],
    ['a token in a list of a statement', `... where "token" in ('a', '${token}')`, token],
    ['a password in an insert', `insert into t values (1, '${password}', 'it''s')`, password],
    ['a password in an update', `update t set x=1, password='${password}'`, password],
    ['a signed session token', `cookie better-auth.session_token=${signed}`, token],
    ['a signed session token in a URL', encodeURIComponent(signed), token],
    ['a field in JSON', JSON.stringify({ token }), token],
    ['a field in JSON in JSON', JSON.stringify({ msg: JSON.stringify({ user: 'a', password }) }), password],
    [
      'a field as Node prints it',
      inspect({ headers: { authorization: `Bearer ${token}`, cookie: `a=${token}` } }),
      token,
    ],
    ['a refresh token', inspect({ refreshToken: token, refresh_token: token }), token],
    ['credentials in an address', `connect ECONNREFUSED postgres://app:${password}@db:5432/app`, password],
    ['a secret of this process', 'signed with a secret of this process', known[0] ?? ''],
  ])('does not tell %s', (_what, line, secret) => {
    expect(line).toContain(secret);
    expect(redact(line, known)).not.toContain(secret);
    expect(redact(line, known)).toContain('[redacted]');
  });

  it.each([
    `{"level":"info","request":"6b0b3a52-6c3e-4d0f-9a53-0f6c4e1f7f0e","endpoint":"graphql","operation":"createApiKey","code":"OK","status":200,"ms":5.1}`,
    `{"user":"IkSMpWAtzYp5z1vsAKul6QrqVkhqveE5","key":"9T5dMziDEvSGTEej","prefix":"${prefix}","address":"203.0.113.7"}`,
    `the backend refused a read on 'sys_session' (SQLITE_IOERR)`,
    `{ code: 'SERVICE_UNAVAILABLE', status: 503, object: 'tenancy' }`,
    '    at file:///app/src/keys/mint.ts:12:34',
    "it's the operator's own line, isn't it",
    'http://localhost:3000/api/v1/graphql',
    'git commit 3088854f0c3b1a5c9e5a3a9c3a1d3f6b2c4d5e6f',
  ])('stays as it is: %s', (line) => {
    expect(redact(line, known)).toBe(line);
  });

  it('of a hundred thousand characters is checked quickly', () => {
    for (const part of ["'", "='", 'osk_', 'a.', 'token":"', ' ', '://a:', 'Key (']) {
      expect(redact(part.repeat(20_000), known).length).toBeGreaterThan(0);
    }
  });
});

// @ts-nocheck
import { BlockList, isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { KEYS } from './attack/keys.ts';
import { QUESTIONS } from './attack/questions.ts';
import { SET_UP } from './attack/set-up.ts';
import { Target } from './attack/target.ts';
import { WIRE } from './attack/wire.ts';

/**
 * `ATTACK_SESSION=<token of an administrator> npm run attack -- --url http://localhost:3000 [--count 50]`:
 * tries on a running server what once worked against it. Ends with a table; exits with 1 when an attack
 * got through. It makes one key and revokes it. A server that is not on this machine is attacked only
 * with `--i-own-this-server`.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    count: { type: 'string', default: '50' },
    'i-own-this-server': { type: 'boolean', default: false },
  },
});
const url = new URL(values.url);
const count = Math.min(Math.max(Number(values.count) || 1, 1), 500);
const session = process.env['ATTACK_SESSION'];

if (session === undefined) fail('Set ATTACK_SESSION to the token of an administrator’s session.');
if (!isLoopback(url.hostname) && !values['i-own-this-server']) {
  fail(`${url.hostname} is not this machine. If you may attack it, say --i-own-this-server.`);
}

const target = new Target(url, session);
const rows: Record<string, { requests: number; result: string }> = {};
await target.arm();
try {
  for (const { name, run } of [...SET_UP, ...QUESTIONS, ...KEYS, ...WIRE]) {
    const before = target.requests;
    const broken = await run(target, count).catch((error: unknown) => `no answer: ${String(error)}`);
    rows[name] = { requests: target.requests - before, result: broken === undefined ? 'held' : `BROKEN ${broken}` };
    if (broken !== undefined) process.exitCode = 1;
  }
} finally {
  await target.disarm();
}
console.table(rows);

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return true;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

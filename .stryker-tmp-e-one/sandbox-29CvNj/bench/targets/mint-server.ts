// @ts-nocheck
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateApiKey } from '@objectstack/core';
import type { FloorDatabase, NewKey } from './floor-database.ts';
import type { TargetMessage } from './probe.ts';

/** Inserts and commits, synced. Gives back the id. */
export type Insert = (key: NewKey) => string | Promise<string>;

/**
 * Serves what cannot be left out of minting a key, and nothing else: find the session, check the membership,
 * generate, hash, insert, and answer when the commit is on disk. It validates nothing, limits nothing and
 * logs nothing.
 */
export function serveMints(database: FloorDatabase, insert: Insert): void {
  const server = createServer(async (request, response) => {
    const { name } = JSON.parse(await text(request)) as { name: string };
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const session = await database.session(token);
    if (session === undefined || !(new Date(session.expires_at).getTime() > Date.now())) {
      return response.writeHead(401).end();
    }
    if (!(await database.isMember(session.user_id, session.active_organization_id))) {
      return response.writeHead(403).end();
    }
    const { raw, hash, prefix } = generateApiKey();
    const id = await insert({ ...session, name, hash, prefix });
    return response
      .writeHead(201, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ id, name, prefix, key: raw }));
  });
  server.listen(0, '127.0.0.1', () => {
    const commits: TargetMessage = { commits: database.commits };
    const listening: TargetMessage = { listening: (server.address() as AddressInfo).port };
    process.send?.(commits);
    process.send?.(listening);
  });
}

function text(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => resolve(body));
    request.on('error', reject);
  });
}

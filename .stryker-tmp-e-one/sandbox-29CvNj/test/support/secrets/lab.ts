// @ts-nocheck
import { generateApiKey } from '@objectstack/core';
import type { EngineContext } from '../../../src/platform/engine.ts';
import type { MiddlewareEngine } from '../../../src/platform/middleware.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../kernel.ts';
import { VAULT_EXPORTER, vaultApp } from '../vault-app.ts';
import { type Question, SECRETS } from './questions.ts';

/** What came back for a question. */
export interface Answer {
  readonly text: string;
  /** Whether the question was answered, and not refused. */
  readonly isAnswered: boolean;
}

export type Ask = (question: Question) => Promise<Answer>;

type AskingEngine = Record<Question['operation'], (object: string, query: object) => Promise<unknown>>;

const SYSTEM = { isSystem: true };

/** A server whose secrets are changed between two rounds of the same questions. */
export interface SecretLab {
  readonly server: TestKernel;
  readonly admin: Person;
  /** The headers of the administrator's session. */
  readonly headers: Record<string, string>;
  /** The same with a key of theirs that has no scopes. */
  readonly keyHeaders: Record<string, string>;
  /** The context of the administrator, as the data API makes it. */
  readonly context: EngineContext;
}

export async function openLab(): Promise<SecretLab> {
  const server = await bootKernel({ plugins: [vaultApp], config: { logLevel: 'error' } });
  const admin = await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const json = { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${admin.token}`, ...json };
  const { raw, hash, prefix } = generateApiKey();
  const { engine } = server;
  const insert = (object: string, row: Record<string, unknown>) => engine.insert(object, row, { context: SYSTEM });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  await insert('sys_session', { id: 'decoy', user_id: admin.id, token: 'x'.repeat(20), expires_at: later });
  const [exporter] = await engine.find('sys_permission_set', { where: { name: VAULT_EXPORTER }, context: SYSTEM });
  await insert('sys_user_permission_set', { user_id: admin.id, permission_set_id: exporter?.['id'] });
  await insert('sys_account', { id: 'decoy', user_id: admin.id, provider_id: 'decoy', account_id: 'decoy' });
  await insert('sys_api_key', { id: 'decoy', name: 'decoy', key: 'x', user_id: admin.id, expires_at: later });
  await insert('sys_api_key', {
    id: 'asker',
    name: 'asker',
    key: hash,
    prefix,
    user_id: admin.id,
    active_organization_id: admin.organizationId,
  });
  await insert('vault_entry', { id: 'decoy', title: 'Decoy', pin: 'x', phrase: 'x' });
  await insert('vault_entry', { id: 'other', title: 'Other', pin: 'M', phrase: 'M' });
  const middlewares = await server.kernel.getServiceAsync<MiddlewareEngine>('objectql');
  let context: EngineContext | undefined;
  middlewares.registerMiddleware(
    async (operation, next) => {
      if (operation.context?.isSystem !== true) context ??= operation.context;
      await next();
    },
    { object: 'vault_ticket' },
  );
  await server.request('/api/v1/data/vault_ticket', { headers });
  if (context === undefined) throw new Error('nobody asked');
  return { server, admin, headers, keyHeaders: { 'x-api-key': raw, ...json }, context };
}

/** Asks everything of one database, then of the other. */
export async function compare(
  { server }: SecretLab,
  asked: readonly Question[],
  ask: Ask,
): Promise<{ different: Question[]; answered: number; failed: Answer[] }> {
  const answers: Answer[][] = [];
  for (const side of [0, 1] as const) {
    for (const { object, field, id, values } of SECRETS) {
      await server.sql(`UPDATE ${object} SET ${field} = ? WHERE id = ?`, [values[side], id]);
    }
    const given: Answer[] = [];
    for (const question of asked) given.push(await ask(question));
    answers.push(given);
  }
  const [left = [], right = []] = answers;
  return {
    different: asked.filter((_, index) => left[index]?.text !== right[index]?.text),
    answered: left.filter(({ isAnswered }) => isAnswered).length,
    failed: [...left, ...right].filter(({ text }) => /^5\d\d\b/.test(text)),
  };
}

/** Straight to the engine, past every route. */
export function toEngine({ server }: SecretLab, context: EngineContext): Ask {
  return async ({ secret, operation, query }) => {
    const engine = server.engine as unknown as AskingEngine;
    try {
      const rows = await engine[operation](secret.object, { ...query, context });
      return { text: JSON.stringify(rows), isAnswered: true };
    } catch (error) {
      return { text: error instanceof Error ? error.message : 'unknown', isAnswered: false };
    }
  };
}

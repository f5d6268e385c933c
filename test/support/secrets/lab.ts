import type { EngineContext } from '../../../src/platform/engine.ts';
import type { MiddlewareEngine } from '../../../src/platform/middleware.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../kernel.ts';
import { vaultApp } from '../vault-app.ts';
import { type Question, SECRETS } from './questions.ts';

export type Ask = (question: Question) => Promise<string>;

type AskingEngine = Record<Question['operation'], (object: string, query: object) => Promise<unknown>>;

const SYSTEM = { isSystem: true };

/** A server whose secrets are changed between two rounds of the same questions. */
export interface SecretLab {
  readonly server: TestKernel;
  readonly admin: Person;
  /** The headers of the administrator's session. */
  readonly headers: Record<string, string>;
  /** The context of the administrator, as the data API makes it. */
  readonly context: EngineContext;
}

export async function openLab(): Promise<SecretLab> {
  const server = await bootKernel({ plugins: [vaultApp], config: { logLevel: 'error' } });
  const admin = await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' };
  const { engine } = server;
  const insert = (object: string, row: Record<string, unknown>) => engine.insert(object, row, { context: SYSTEM });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  await insert('sys_session', { id: 'decoy', user_id: admin.id, token: 'x'.repeat(20), expires_at: later });
  await insert('sys_account', { id: 'decoy', user_id: admin.id, provider_id: 'decoy', account_id: 'decoy' });
  await insert('sys_api_key', { id: 'decoy', name: 'decoy', key: 'x', user_id: admin.id });
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
  return { server, admin, headers, context };
}

/** Asks everything of one database, then of the other. */
export async function compare(
  { server }: SecretLab,
  asked: readonly Question[],
  ask: Ask,
): Promise<{ different: Question[]; answered: number }> {
  const answers: string[][] = [];
  for (const side of [0, 1] as const) {
    for (const { object, field, id, values } of SECRETS) {
      await server.sql(`UPDATE ${object} SET ${field} = ? WHERE id = ?`, [values[side], id]);
    }
    const given: string[] = [];
    for (const question of asked) given.push(await ask(question));
    answers.push(given);
  }
  const [left = [], right = []] = answers;
  return {
    different: asked.filter((_, index) => left[index] !== right[index]),
    answered: left.filter((answer) => !answer.startsWith('refused')).length,
  };
}

/** Straight to the engine, past every route. */
export function toEngine({ server }: SecretLab, context: EngineContext): Ask {
  return async ({ secret, operation, query }) => {
    const engine = server.engine as unknown as AskingEngine;
    try {
      return JSON.stringify(await engine[operation](secret.object, { ...query, context }));
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : 'unknown'}`;
    }
  };
}

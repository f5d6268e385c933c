// @ts-nocheck
// 
import { withinRequest } from '../../../src/http/request-scope.ts';
import { recordAdmittedKey } from '../../../src/keys/admission/current-key.ts';
import type { EngineContext } from '../../../src/platform/engine.ts';
import { graphql } from '../graphql.ts';
import type { TestKernel } from '../kernel.ts';
import { callTool } from '../mcp.ts';
import { ACTION, type Owner } from './world.ts';

export const OPERATIONS = ['list', 'get', 'create', 'update', 'delete'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** An operation on a record; the id means nothing to `list` and `create`. */
export interface Attempt {
  readonly object: string;
  readonly operation: Operation;
  readonly id: string;
  readonly title: string;
}

/** The ids that were seen or written, sorted; none where it was refused. */
export type Outcome = readonly string[];

/** A way to the records, with the session of an owner, or with their key and these scopes on it. */
export type Endpoint = (attempt: Attempt, owner: Owner, scopes: readonly string[] | undefined) => Promise<Outcome>;

interface Found {
  readonly id?: string;
}

/** An operation of the engine, for a context. */
export async function inEngineOrThrow(
  { engine }: Pick<TestKernel, 'engine'>,
  { object, operation, id, title }: Attempt,
  context: EngineContext,
): Promise<Outcome> {
  switch (operation) {
    case 'list':
      return idsOf((await engine.find(object, { where: {}, limit: 1000, context })) as Found[]);
    case 'get':
      return idsOf((await engine.find(object, { where: { id }, limit: 1, context })) as Found[]);
    case 'create':
      return idsOf([(await engine.insert(object, { title }, { context })) as Found]);
    case 'update':
      await engine.update(object, { id, title }, { context });
      return [id];
    case 'delete':
      await engine.delete(object, { where: { id }, context });
      return [id];
  }
}

/** The same, where a refusal is nothing done. */
export async function inEngine(
  target: Pick<TestKernel, 'engine'>,
  attempt: Attempt,
  context: EngineContext,
): Promise<Outcome> {
  try {
    return await inEngineOrThrow(target, attempt, context);
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** Every operation of the engine, as code does it that runs for the request of a key. */
export function engineEndpoint(
  target: Pick<TestKernel, 'engine'>,
  contextOf: (owner: Owner) => Promise<EngineContext>,
): Endpoint {
  return async (attempt, owner, scopes) => {
    const context = await contextOf(owner);
    if (scopes === undefined) return inEngine(target, attempt, context);
    return withKey(owner, scopes, () => inEngine(target, attempt, context));
  };
}

/** Runs something for the request of a key with these scopes. */
export function withKey<T>(owner: Owner, scopes: readonly string[], run: () => Promise<T>): Promise<T> {
  const request = { id: 'req', address: undefined, url: '/', headers: new Headers({ 'x-api-key': owner.key }) };
  return withinRequest(request, () => {
    const { keyId, id: ownerId, organizationId } = owner;
    recordAdmittedKey({ id: keyId, prefix: owner.key.slice(0, 12), ownerId, organizationId, scopes });
    return run();
  });
}

/** This service's GraphQL endpoint, which reads the keys of whoever asks. */
export function graphqlKeysEndpoint(target: TestKernel): Endpoint {
  return async ({ operation, id }, owner, scopes) => {
    const query =
      operation === 'list' ? '{ viewer { apiKeys(first: 100) { nodes { id } } } }' : `{ apiKey(id: "${id}") { id } }`;
    const answer = await graphql<{ viewer?: { apiKeys: { nodes: Found[] } }; apiKey?: Found | null }>(
      target,
      await credentials(target, owner, scopes),
      query,
    );
    if (answer.code !== undefined && answer.code !== 'FORBIDDEN') throw new Error(answer.text);
    const { viewer, apiKey } = answer.data ?? {};
    return idsOf(viewer?.apiKeys.nodes ?? (apiKey ? [apiKey] : []));
  };
}

/** The business action of an object, as an agent and as a program run it: what was run, if it was. */
export function actionEndpoints(target: TestKernel): Record<'mcp' | 'rest', Endpoint> {
  return {
    mcp: async ({ object: objectName, id }, owner, scopes) => {
      const headers = await credentials(target, owner, scopes);
      const input = { objectName, actionName: ACTION, recordId: id };
      return (await callTool(target, headers, 'run_action', input)).done ? [ACTION] : [];
    },
    rest: async ({ object }, owner, scopes) => {
      const response = await target.request(`/api/v1/actions/${object}/${ACTION}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await credentials(target, owner, scopes)) },
        body: '{}',
      });
      if (response.status >= 500) throw new Error(await response.text());
      return response.ok ? [ACTION] : [];
    },
  };
}

/** The data API over HTTP. */
export function dataApiEndpoint(target: TestKernel): Endpoint {
  return async ({ object, operation, id, title }, owner, scopes) => {
    const headers = { 'content-type': 'application/json', ...(await credentials(target, owner, scopes)) };
    const send = async (method: string, path: string, body?: object): Promise<{ ok: boolean; json: unknown }> => {
      const response = await target.request(`/api/v1/data/${object}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return { ok: response.ok, json: await response.json().catch(() => undefined) };
    };
    switch (operation) {
      case 'list': {
        const { ok, json } = await send('GET', '?limit=1000');
        return ok ? idsOf((json as { records: Found[] }).records) : [];
      }
      case 'get':
        return (await send('GET', `/${id}`)).ok ? [id] : [];
      case 'create': {
        const { ok, json } = await send('POST', '', { title });
        return ok ? idsOf([(json as { record: Found }).record]) : [];
      }
      case 'update':
        return (await send('PATCH', `/${id}`, { title })).ok ? [id] : [];
      case 'delete':
        return (await send('DELETE', `/${id}`)).ok ? [id] : [];
    }
  };
}

/** The tools of the MCP endpoint over HTTP. */
export function mcpEndpoint(target: TestKernel): Endpoint {
  return async ({ object: objectName, operation, id, title }, owner, scopes) => {
    const headers = await credentials(target, owner, scopes);
    const use = async (tool: string, input: object): Promise<string | undefined> => {
      const { done, text } = await callTool(target, headers, tool, { objectName, ...input });
      return done ? text : undefined;
    };
    switch (operation) {
      case 'list': {
        const text = await use('query_records', { limit: 50 });
        return text === undefined
          ? []
          : [...text.matchAll(/\\"id\\": \\"([^"\\]+)\\"/g)].map(([, found = '']) => found).sort();
      }
      case 'get':
        return (await use('get_record', { recordId: id })) === undefined ? [] : [id];
      case 'create': {
        const text = await use('create_record', { data: { title } });
        return text === undefined ? [] : [/\\"id\\": \\"([^"\\]+)\\"/.exec(text)?.[1] ?? ''];
      }
      case 'update':
        return (await use('update_record', { recordId: id, data: { title } })) === undefined ? [] : [id];
      case 'delete':
        return (await use('delete_record', { recordId: id })) === undefined ? [] : [id];
    }
  };
}

async function credentials(
  target: TestKernel,
  owner: Owner,
  scopes: readonly string[] | undefined,
): Promise<Record<string, string>> {
  if (scopes === undefined) return { authorization: `Bearer ${owner.token}` };
  await target.sql('UPDATE sys_api_key SET scopes = ? WHERE id = ?', [JSON.stringify(scopes), owner.keyId]);
  return { 'x-api-key': owner.key };
}

function idsOf(rows: readonly Found[]): string[] {
  return rows.map(({ id = '' }) => id).sort();
}

/** Refused, or no such record for this person. */
export function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'PERMISSION_DENIED' || code === 'RECORD_NOT_FOUND' || code === 'NOT_FOUND';
}

/** Refused the object as such, and not a record of it. */
export function isRefusalOfObject(error: unknown): boolean {
  const {
    code,
    message,
    developerMessage = '',
  } = error as { code?: string; message: string; developerMessage?: string };
  return (
    code === 'PERMISSION_DENIED' &&
    (/is not permitted for positions/.test(developerMessage) || /the delegator lacks that grant/.test(message))
  );
}

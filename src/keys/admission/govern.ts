import { parseScopes } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { recordAdmittedKey } from './current-key.ts';
import { aroundVerification } from './verification.ts';

/** Stands around the data engine of a kernel, so that a key is governed at every door of it. */
export function governKeys(context: { getService<T>(name: string): T }): void {
  const engine = context.getService<MiddlewareEngine>('objectql');
  engine.registerMiddleware(aroundVerification(admit), { object: 'sys_api_key' });
}

async function admit(row: Row): Promise<Row | undefined> {
  const admitted = recordAdmittedKey({
    id: String(row['id']),
    prefix: String(row['prefix']),
    ownerId: String(row['user_id']),
    organizationId: typeof row['active_organization_id'] === 'string' ? row['active_organization_id'] : undefined,
    scopes: parseScopes(row['scopes']),
  });
  return admitted ? row : undefined;
}

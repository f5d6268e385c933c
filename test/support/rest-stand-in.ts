import type { Authenticator } from '../../src/auth/authenticator.ts';
import { type Principal, sessionPrincipal } from '../../src/auth/principal.ts';
import { Budget } from '../../src/base/deadline.ts';
import type { ServiceError } from '../../src/base/errors.ts';
import type { Answer } from '../../src/http/answer.ts';
import { Exchange } from '../../src/http/exchange.ts';
import { bodyLimits } from '../../src/http/limits.ts';
import { Eligibility } from '../../src/keys/mint/eligibility.ts';
import type { MintOrder, MintOutcome } from '../../src/keys/mint/mint-order.ts';
import { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { Minter } from '../../src/keys/mint/minter.ts';
import { Revoker } from '../../src/keys/mint/revoker.ts';
import { Administration } from '../../src/keys/organization/administration.ts';
import { OrganizationKeys } from '../../src/keys/organization/organization-keys.ts';
import { Standing } from '../../src/keys/record/standing.ts';
import { KeyService } from '../../src/keys/service.ts';
import { Updater } from '../../src/keys/update/updater.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createRestHandler } from '../../src/rest/endpoint.ts';
import { NO_KEY_LIMITS } from './minting.ts';
import { noPreview, noUsage } from './no-usage.ts';

export const CREATED = '2030-01-01T00:00:00.000Z';

/** Somebody who is signed in. */
export const SOMEBODY = sessionPrincipal({ userId: 'u1', email: 'u1@example.test', organizationId: 'o1' }, false);

/** What the kernel says to the endpoint behind it. */
export interface StandIn {
  /** Who asks, or why nobody does. */
  readonly caller?: Principal | ServiceError;
  /** The one row of keys that can be found. */
  readonly row?: Record<string, unknown>;
  /** What becomes of an order, if not a new key. */
  readonly write?: (order: MintOrder) => MintOutcome | ServiceError;
}

export interface Asked {
  readonly method?: string;
  readonly below?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly idempotencyKey?: string;
}

/** What a request came to. */
export interface Told {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly exchange: Exchange;
  /** What was asked of what is behind the endpoint, in order. */
  readonly steps: readonly string[];
  readonly orders: readonly MintOrder[];
  /** The codes of the failures that the log was told of. */
  readonly failures: readonly string[];
}

/** The key that is written for an order. */
export function written(order: MintOrder): MintOutcome {
  const { name, prefix, scopes, expiresAt, owner } = order;
  const key = {
    id: 'new key',
    ownerId: owner.userId,
    name,
    prefix,
    scopes,
    expiresAt,
    organizationId: owner.organizationId,
  };
  const apiKey = { ...key, createdAt: new Date(CREATED), lastUsedAt: undefined, revoked: false };
  return { apiKey, replayed: false };
}

/** The service over a kernel that is not there. */
export function standInService(orders: MintOrder[], { row, write = written }: StandIn) {
  const writer = new MintWriter(async (batch) => {
    orders.push(...batch);
    return batch.map(write);
  });
  const platform = {
    tenancyPosture: async () => undefined,
    memberships: async () => [{ id: 'm1', created_at: '2020-01-01T00:00:00.000Z' }],
    capabilitiesOf: async () => [],
    permissionSetsOf: async () => ['member_default'],
    contextOf: async () => ({}),
    reader: { find: async () => [] },
    inTime: <T>(read: () => Promise<T>) => read(),
    engine: { find: async () => (row === undefined ? [] : [row]) },
  } as unknown as Platform;
  const keys = new KeyService({
    platform,
    limits: NO_KEY_LIMITS,
    eligibility: new Eligibility(platform),
    minter: new Minter(platform, writer, new Administration(platform)),
    revoker: new Revoker(platform, {} as ConstructorParameters<typeof Revoker>[1]),
    updater: new Updater(platform, {} as ConstructorParameters<typeof Updater>[1], { keepsLimits: async () => true }),
    organization: new OrganizationKeys(
      platform,
      new Administration(platform),
      new Standing(platform),
      {} as ConstructorParameters<typeof OrganizationKeys>[3],
      {},
    ),
    preview: noPreview(platform),
    usage: noUsage(platform),
    standing: new Standing(platform),
    events: { changed: () => undefined },
  });
  return { keys, platform };
}

/** An exchange that tells its steps and failures. */
export function standInExchange(
  steps: string[],
  failures: string[],
  endpoint: string,
  idempotencyKey?: string,
): Exchange {
  const exchange = new Exchange(
    {
      id: 'r-1',
      address: undefined,
      endpoint,
      idempotencyKey: idempotencyKey ?? null,
      budget: new Budget(60_000),
    },
    { answered: () => undefined, failed: (_, { code }) => failures.push(code) },
  );
  exchange.trace = {
    end: () => undefined,
    during(step, run) {
      steps.push(step);
      return run();
    },
  };
  return exchange;
}

/** Authentication that has looked the caller up already. */
export function standInAuthenticator(steps: string[], caller: Principal | Error): Authenticator {
  const authenticator = {
    async authenticate() {
      steps.push('authenticated');
      if (caller instanceof Error) throw caller;
      return caller;
    },
  };
  return authenticator as unknown as Authenticator;
}

/** Asks the REST endpoint of the real schema, with no kernel behind it: what it would ask of one is recorded. */
export async function askRest(asked: Asked, { caller = SOMEBODY, ...behind }: StandIn = {}): Promise<Told> {
  const steps: string[] = [];
  const orders: MintOrder[] = [];
  const failures: string[] = [];
  const endpoint = createRestHandler({
    basePath: '/base',
    keys: standInService(orders, behind).keys,
    authenticator: standInAuthenticator(steps, caller),
    limits: bodyLimits.parse({ maxBodyBytes: 1024 }),
  });
  const exchange = standInExchange(steps, failures, 'rest', asked.idempotencyKey);
  const request = {
    method: asked.method ?? 'POST',
    url: '/',
    headers: new Headers(asked.headers ?? { 'content-type': 'application/json' }),
    async readBody() {
      steps.push('read the body');
      return new TextEncoder().encode(asked.body ?? '{"name":"CI"}');
    },
  };
  const answer = await endpoint(request, exchange, asked.below ?? '');
  return { ...read(answer), exchange, steps, orders, failures };
}

/** An answer, as a client sees it. */
export function read(answer: Answer): Pick<Told, 'status' | 'headers' | 'body'> {
  const headers = Object.fromEntries(answer.headers);
  return { status: answer.status, headers, body: JSON.parse(answer.body ?? 'null') as unknown };
}

import { assembleExecutionContext, resolveAuthzContext } from '@objectstack/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DataEngine, EngineContext, ReadDriver } from '../../../src/platform/engine.ts';
import {
  type Attempt,
  actionEndpoints,
  dataApiEndpoint,
  type Endpoint,
  engineEndpoint,
  graphqlKeysEndpoint,
  inEngine,
  inEngineOrThrow,
  isRefusal,
  isRefusalOfObject,
  mcpEndpoint,
  OPERATIONS,
  type Outcome,
  withKey,
} from '../../support/access/endpoints.ts';
import {
  AccessApp,
  type AccessRecord,
  newOwners,
  newRecord,
  newRecords,
  OBJECTS,
  type Owner,
  type RandomSet,
  randomSets,
} from '../../support/access/world.ts';
import { bearer } from '../../support/endpoints.ts';
import { graphql } from '../../support/graphql.ts';
import { bootKernel, type TestKernel } from '../../support/kernel.ts';

/** `ACCESS_RUNS` cases (`npm run access` tries 100,000), reproduced by `ACCESS_SEED`. */
const RUNS = Number(process.env['ACCESS_RUNS'] ?? 2000);
const SEED = Number(process.env['ACCESS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
process.stdout.write(`access with ACCESS_SEED=${SEED} ACCESS_RUNS=${RUNS}\n`);

/** For as many cases as `npm run access` tries. */
const LONG = { timeout: 7_200_000 };
const SETS = 24;
const NO_SET = 'access_no_such_set';

/** What the platform's own words for scopes allow, written down here once more so that the two can disagree. */
const CEILINGS: Readonly<Record<string, readonly string[]>> = {
  'data:read': ['mcp_agent_data_read'],
  'data:write': ['mcp_agent_data_write'],
  'actions:execute': [],
};

interface Case {
  readonly owner: Owner;
  readonly scopes: readonly string[];
  readonly record: AccessRecord;
  readonly operation: (typeof OPERATIONS)[number];
  readonly endpoint: keyof typeof endpoints;
}

let target: TestKernel;
let sets: RandomSet[];
let owners: Owner[];
let records: AccessRecord[];
let people: AccessRecord[];
let endpoints: Record<'engine' | 'dataApi' | 'mcp' | 'graphql', Endpoint>;
/** The keys of the owners, which are all that the GraphQL endpoint has. */
let keys: AccessRecord[];
const contexts = new Map<string, EngineContext>();

beforeAll(async () => {
  sets = randomSets(SEED, SETS);
  target = await bootKernel({ plugins: [new AccessApp(sets)], config: { logLevel: 'error' } });
  owners = await newOwners(target, sets, SEED);
  records = await newRecords(target, owners);
  people = owners.map((owner) => ({ object: 'sys_user', id: owner.id, title: '', by: owner }));
  for (const owner of owners) contexts.set(owner.id, await platformContext(owner));
  keys = owners.map((owner) => ({ object: 'sys_api_key', id: owner.keyId, title: '', by: owner }));
  const engine = engineEndpoint(target, async (owner) => contextOf(owner));
  endpoints = {
    engine,
    dataApi: dataApiEndpoint(target),
    mcp: mcpEndpoint(target),
    graphql: graphqlKeysEndpoint(target),
  };
}, LONG.timeout);
afterAll(() => target[Symbol.asyncDispose]());

/** The context of an owner as the platform makes it of a request: here, of one with their key, which has no scopes yet. */
async function platformContext({ key }: Owner): Promise<EngineContext> {
  const authz = await resolveAuthzContext({ ql: target.engine, headers: { 'x-api-key': key } });
  const nothing = { oauth: undefined, localization: undefined, requestLocale: undefined };
  const context = assembleExecutionContext({ authz, ...nothing, accessToken: undefined, authGate: undefined });
  if (context === undefined) throw new Error('the owner has no context');
  return context as EngineContext;
}

function contextOf(owner: Owner): EngineContext {
  return { ...contexts.get(owner.id) };
}

/** The rights of the scopes alone, by the platform: those of somebody who has these sets and nothing else. */
function contextOfScopes(owner: Owner, scopes: readonly string[]): EngineContext {
  const permissions = scopes.flatMap((scope) => CEILINGS[scope] ?? [scope]);
  const nobodyElse = { principalKind: 'agent', positions: [], systemPermissions: [] };
  return { ...contextOf(owner), ...nobodyElse, permissions: [...permissions, 'mcp_agent_restricted'] } as EngineContext;
}

const scopesOfKeys = (): fc.Arbitrary<string[]> =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...sets.map(({ name }) => name)) },
      { weight: 2, arbitrary: fc.constantFrom(...Object.keys(CEILINGS)) },
      { weight: 1, arbitrary: fc.constant(NO_SET) },
    ),
    { minLength: 1, maxLength: 3 },
  );

/** Records of the application by every operation, and people, whom the baseline of a member lets everybody read. */
const questions = (): fc.Arbitrary<Pick<Case, 'record' | 'operation' | 'endpoint'>> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        record: fc.constantFrom(...records),
        operation: fc.constantFrom(...OPERATIONS),
        endpoint: fc.constantFrom('engine', 'engine', 'engine', 'engine', 'engine', 'engine', 'dataApi', 'mcp'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        record: fc.constantFrom(...people),
        operation: fc.constantFrom('list', 'get'),
        endpoint: fc.constantFrom('engine', 'dataApi'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        record: fc.constantFrom(...keys),
        operation: fc.constantFrom('list', 'get'),
        endpoint: fc.constantFrom('engine', 'dataApi', 'graphql'),
      }),
    },
  );

const cases = (): fc.Arbitrary<Case> =>
  fc
    .record({ owner: fc.constantFrom(...owners), scopes: scopesOfKeys(), question: questions() })
    .map(({ question, ...who }) => ({ ...who, ...question }));

/** Runs an attempt on a record that is as it was before, and leaves the records as they were. */
async function attempt({ record, operation }: Case, run: (attempt: Attempt) => Promise<Outcome>): Promise<Outcome> {
  const { object, title, by } = record;
  const disposable = operation === 'delete' ? await newRecord(target.engine, object, title, by) : undefined;
  const outcome = await run({ object, operation, title, id: disposable ?? record.id });
  const created = operation === 'create' ? outcome[0] : disposable;
  if (created !== undefined) await target.sql(`DELETE FROM ${object} WHERE id = ?`, [created]);
  if (operation === 'list') return outcome;
  return outcome.length === 0 ? [] : ['done'];
}

/** What the owner may and the scopes allow, by the platform, each asked by itself. */
async function expected(it: Case): Promise<Outcome> {
  const ofOwner = await once(ofOwners, [it.owner.id], it, () => contextOf(it.owner));
  const ofScopes = await once(ofScopesOnly, [it.owner.id, ...it.scopes], it, () =>
    contextOfScopes(it.owner, it.scopes),
  );
  const both = ofOwner.filter((id) => ofScopes.includes(id));
  if (it.endpoint !== 'graphql') return both;
  // It shows everybody their own keys, whatever else they may see.
  if (it.operation === 'get') return it.record.by === it.owner ? both : [];
  return both.filter((id) => id === it.owner.keyId);
}

/**
 * Whether an outcome is the expected one. Where a rule says which rows may be written, the platform reads the
 * row first to see whether it is one of them; a row that the scopes hide is then not written, although the
 * scopes by themselves would let it be written unseen.
 */
async function agrees(it: Case, wanted: Outcome, got: Outcome): Promise<boolean> {
  if (JSON.stringify(got) === JSON.stringify(wanted)) return true;
  const writesById = it.operation === 'update' || it.operation === 'delete';
  return writesById && got.length === 0 && (await expected({ ...it, operation: 'get' })).length === 0;
}

const ofOwners = new Map<string, Outcome>();
const ofScopesOnly = new Map<string, Outcome>();

/** The records are the same before each case, and so is the answer to the same question. */
async function once(
  known: Map<string, Outcome>,
  who: readonly string[],
  it: Case,
  context: () => EngineContext,
): Promise<Outcome> {
  const { object, id } = it.record;
  const question = JSON.stringify([who, object, it.operation, it.operation === 'list' ? '' : id]);
  let outcome = known.get(question);
  if (outcome === undefined) {
    outcome = await attempt(it, (what) => inEngine(target, what, context()));
    known.set(question, outcome);
  }
  return outcome;
}

function describeCase({ owner, scopes, record, operation, endpoint }: Case): object {
  return { holds: owner.sets, scopes, object: record.object, id: record.id, operation, endpoint };
}

/** The first case in which a way to the records disagrees with what is expected, and how many cases were allowed anything. */
async function firstDisagreement(
  through: (it: Case) => Endpoint,
): Promise<{ disagreement: object | undefined; allowed: number }> {
  let allowed = 0;
  for (const it of fc.sample(cases(), { seed: SEED, numRuns: RUNS })) {
    const wanted = await expected(it);
    const got = await attempt(it, (what) => through(it)(what, it.owner, it.scopes));
    if (wanted.length > 0) allowed += 1;
    if (!(await agrees(it, wanted, got))) {
      return { disagreement: { ...describeCase(it), wanted, got }, allowed };
    }
  }
  return { disagreement: undefined, allowed };
}

describe('what a key may do', () => {
  it('is what its owner may and its scopes allow, at every endpoint', LONG, async () => {
    const { disagreement, allowed } = await firstDisagreement(({ endpoint }) => endpoints[endpoint]);
    expect(disagreement).toBeUndefined();
    // Neither everything nor nothing was allowed.
    expect(allowed).toBeGreaterThan(RUNS / 20);
    expect(allowed).toBeLessThan(RUNS * 0.95);
  });
});

/** Ways to get it wrong, which the comparison must notice. */
const PLANTED: Readonly<Record<string, (owner: Owner, scopes: readonly string[]) => EngineContext>> = {
  'the ceiling is dropped': (owner) => contextOf(owner),
  'the sets are added to those of the owner': (owner, scopes) => {
    const context = contextOf(owner) as EngineContext & { permissions: string[] };
    return { ...context, permissions: [...context.permissions, ...scopes] } as EngineContext;
  },
  'the rights of the owner are not asked for': contextOfScopes,
  'the baseline of a member is added to the ceiling': (owner, scopes) =>
    ({
      ...contextOfScopes(owner, scopes),
      principalKind: 'service',
      onBehalfOf: { userId: owner.id },
    }) as EngineContext,
};

it('a business action is run by keys whose owner may run it and whose scopes allow it', LONG, async () => {
  const actions = actionEndpoints(target);
  // Without this half, hardly one key in twenty may run an action at all.
  const mayRun = scopesOfKeys().map((scopes) => [...new Set([...scopes, 'data:write', 'actions:execute'])]);
  const asked = fc.record({
    owner: fc.constantFrom(...owners),
    scopes: fc.oneof(scopesOfKeys(), mayRun),
    record: fc.constantFrom(...records),
    endpoint: fc.constantFrom('mcp', 'rest'),
  });
  const seen = { run: 0, refused: 0 };
  for (const { owner, scopes, record, endpoint } of fc.sample(asked, {
    seed: SEED,
    numRuns: Math.min(RUNS / 20, 400),
  })) {
    const what: Attempt = { object: record.object, operation: 'update', id: record.id, title: record.title };
    const run = actions[endpoint as keyof typeof actions];
    const freely = await run(what, owner, []);
    const wanted = scopes.includes('actions:execute') ? freely : [];
    const got = await run(what, owner, scopes);
    seen[got.length > 0 ? 'run' : 'refused'] += 1;
    expect({ holds: owner.sets, scopes, object: record.object, endpoint, got }).toMatchObject({ got: wanted });
  }
  expect(Math.min(seen.run, seen.refused)).toBeGreaterThan(0);
});

describe('the comparison notices when', () => {
  it.each(Object.entries(PLANTED))('%s', async (_name, contextFor) => {
    const planted: Endpoint = (what, owner, scopes) => inEngine(target, what, contextFor(owner, scopes ?? []));
    expect((await firstDisagreement(() => planted)).disagreement).toBeDefined();
  });
});

it('every object of the application is tried', () => {
  expect(new Set(records.map(({ object }) => object))).toEqual(new Set(OBJECTS));
});

/** What a key with these scopes does to all records of an object, and whether it is refused the object as such. */
async function enforced(
  owner: Owner,
  scopes: readonly string[],
  object: string,
  operation: Case['operation'],
): Promise<'refused' | 'nothing' | 'something'> {
  let isRefused = false;
  for (const record of records.filter((each) => each.object === object)) {
    const it: Case = { owner, scopes, record, operation, endpoint: 'engine' };
    const outcome = await attempt(it, async (what) => {
      try {
        return await withKey(owner, scopes, () => inEngineOrThrow(target, what, contextOf(owner)));
      } catch (error) {
        if (isRefusalOfObject(error)) isRefused = true;
        else if (!isRefusal(error)) throw error;
        return [];
      }
    });
    if (isRefused) return 'refused';
    if (outcome.length > 0) return 'something';
  }
  return 'nothing';
}

describe('what a key could do, as it is said before it is made,', () => {
  const QUESTIONS = { read: 'list', create: 'create', edit: 'update', delete: 'delete' } as const;
  const ROUNDS = Math.min(RUNS / 40, 100);

  it('is what it may do then', LONG, async () => {
    const asked = fc.record({
      owner: fc.constantFrom(...owners),
      object: fc.constantFrom(...OBJECTS),
      chosen: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    });
    const seen = { true: 0, false: 0 };
    for (const { owner, object, chosen } of fc.sample(asked, { seed: SEED, numRuns: ROUNDS })) {
      const choice = [...Object.keys(CEILINGS), ...owner.sets];
      const scopes = [...new Set(chosen.map((at) => choice[at % choice.length] ?? 'data:read'))];
      const { data, text } = await graphql<{ apiKeyAccess: Record<string, unknown>[] }>(
        target,
        bearer(owner.token),
        'query ($scopes: [String!]!, $object: String) { apiKeyAccess(scopes: $scopes, object: $object) { object read create edit delete } }',
        { scopes, object },
      );
      const access = data?.apiKeyAccess[0] ?? expect.unreachable(text);
      for (const [right, operation] of Object.entries(QUESTIONS)) {
        const said = access[right] as boolean;
        const got = await enforced(owner, scopes, object, operation);
        seen[`${said}`] += 1;
        // Rules for records may leave nothing of what is allowed.
        expect({ holds: owner.sets, scopes, object, right, said, got }).toMatchObject({
          got: said ? expect.stringMatching(/^(some|no)thing$/) : expect.stringMatching(/^(refused|nothing)$/),
        });
      }
    }
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(ROUNDS / 5);
  });

  it('is found with the same few statements for all objects as for one', async () => {
    const [owner] = owners;
    const driver = (target.engine as unknown as DataEngine).getDriverForObject('sys_user') as ReadDriver;
    const statements = vi.spyOn(driver, 'find');
    const ask = async (object?: string): Promise<{ objects: number; statements: number }> => {
      statements.mockClear();
      const { data, text } = await graphql<{ apiKeyAccess: unknown[] }>(
        target,
        bearer(owner?.token ?? ''),
        'query ($object: String) { apiKeyAccess(scopes: ["data:read"], object: $object) { object } }',
        { object },
      );
      const { length } = data?.apiKeyAccess ?? expect.unreachable(text);
      return { objects: length, statements: statements.mock.calls.length };
    };
    const [one, all] = [await ask(OBJECTS[0]), await ask()];
    statements.mockRestore();
    expect(all.objects).toBeGreaterThan(5);
    expect(all.statements).toBe(one.statements);
    expect(one.statements).toBeLessThan(15);
  });
});

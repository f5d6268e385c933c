// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import { MCP_OAUTH_SCOPE_ACTIONS, MCP_OAUTH_SCOPE_DATA_READ, MCP_OAUTH_SCOPE_DATA_WRITE } from '@objectstack/spec/ai';
import type { Person, Platform } from '../../platform/platform.ts';
import type { ApiKeyUse } from '../read/usage.ts';
import { isCapability } from '../record/ceiling.ts';
import type { CheckedContext } from './narrowed-context.ts';
import { keepsLimits } from './row-limits.ts';
import { type DataUse, type ExplainingSecurity, type StoredPermissionSet, Sufficiency } from './sufficiency.ts';

/** Permission sets that are tried; beside those, `data:read` and `data:write`. */
const MAX_SETS = 20;
/** Objects and operations that are tried. A key that does more is not one to shrink. */
const MAX_USES = 400;
/** What a right on every object weighs, compared with one on a single object. */
const EVERY_OBJECT = 1000;
/** What a right to change records weighs that is not used, compared with one to read them: more than reading everything. */
const UNUSED_WRITE = 2 * EVERY_OBJECT;

const RIGHTS: Readonly<Record<string, DataUse['operation']>> = {
  allowRead: 'READ',
  viewAllRecords: 'READ',
  allowCreate: 'CREATE',
  allowEdit: 'EDIT',
  allowDelete: 'DELETE',
  modifyAllRecords: 'DELETE',
};
/** The capabilities are about every object. */
const CAPABILITY_WEIGHTS: Readonly<Record<string, number>> = {
  [MCP_OAUTH_SCOPE_DATA_READ]: EVERY_OBJECT,
  [MCP_OAUTH_SCOPE_DATA_WRITE]: EVERY_OBJECT + 3 * EVERY_OBJECT * UNUSED_WRITE,
};

/** A key whose scopes are to shrink. */
export interface KeyToShrink {
  /** Whose key it is. */
  readonly owner: Person;
  readonly scopes: readonly string[];
  /** The permission sets that its owner holds. */
  readonly held: readonly string[];
}

interface Candidate {
  readonly scope: string;
  /** The smaller, the fewer rights. */
  readonly weight: number;
  /** Indexes of the uses that it is enough for by itself. */
  readonly covers: ReadonlySet<number>;
}

/**
 * Proposes the smallest scopes under which a key could do all that it is used for. They are never wider
 * than those that it has: the key loses rights and gains none.
 */
export class ScopeSuggestions {
  readonly #platform: Pick<Platform, 'contextOf' | 'inTime'>;
  readonly #security: ExplainingSecurity;
  readonly #sharesRecords: boolean;
  /** What asks may itself be a key with scopes, and the platform would answer for that one. */
  readonly #scope = new AsyncResource('ScopeSuggestions');

  /** @param sharesRecords whether the kernel can share single records. */
  constructor(platform: Pick<Platform, 'contextOf' | 'inTime'>, security: ExplainingSecurity, sharesRecords: boolean) {
    this.#platform = platform;
    this.#security = security;
    this.#sharesRecords = sharesRecords;
  }

  /**
   * @returns `undefined` when nothing is recorded, when not all of it is, or when no scopes are enough for it.
   * @throws ServiceError `SERVICE_UNAVAILABLE` when that could not be found out.
   */
  suggest(key: KeyToShrink, uses: readonly ApiKeyUse[]): Promise<string[] | undefined> {
    return this.#platform.inTime(() => this.#scope.runInAsyncScope(() => this.#suggest(key, uses)));
  }

  async #suggest({ owner, scopes, held }: KeyToShrink, uses: readonly ApiKeyUse[]): Promise<string[] | undefined> {
    const operations = new Set(uses.map(({ operation }) => operation));
    if (uses.length === 0 || operations.has('OTHER') || operations.has('INCOMPLETE')) return undefined;
    const actions = operations.has('EXECUTE') ? [MCP_OAUTH_SCOPE_ACTIONS] : [];
    if (scopes.length > 0 && actions.some((scope) => !scopes.includes(scope))) return undefined;
    const wanted = dataUses(uses);
    if (wanted.length === 0) return actions;
    if (wanted.length > MAX_USES) return undefined;

    const context = (await this.#platform.contextOf(owner)) as CheckedContext;
    const sufficiency = new Sufficiency(this.#security, context, scopes, { sharesRecords: this.#sharesRecords });
    const candidates = await measure(sufficiency, await possible(sufficiency, scopes, held, wanted), wanted);
    for (const proposal of proposals(candidates, wanted.length)) {
      // Together, sets limit rows and fields in other ways than each by itself.
      if (!(await sufficiency.enough(proposal, wanted))) continue;
      if (await keepsLimitsOf(sufficiency, scopes, proposal)) return [...proposal, ...actions].sort();
    }
    return undefined;
  }
}

/** A key loses rights and no limits: an update that takes limits away would be refused. */
async function keepsLimitsOf(
  sufficiency: Sufficiency,
  scopes: readonly string[],
  proposal: readonly string[],
): Promise<boolean> {
  return scopes.length === 0 || keepsLimits(await sufficiency.setsOf(proposal), await sufficiency.setsOf(scopes));
}

/** The uses that the rights on objects decide. Who changes a record is to see it as well. */
function dataUses(uses: readonly ApiKeyUse[]): DataUse[] {
  const wanted = new Map<string, DataUse>();
  const add = (use: DataUse): unknown => wanted.set(`${use.object} ${use.operation}`, use);
  for (const { object, operation } of uses) {
    if (operation === 'EXECUTE' || operation === 'OTHER' || operation === 'INCOMPLETE') continue;
    add({ object, operation });
    if (operation === 'EDIT' || operation === 'DELETE') add({ object, operation: 'READ' });
  }
  return [...wanted.values()];
}

/** What may be proposed, with how much each allows, the least first. */
async function possible(
  sufficiency: Sufficiency,
  scopes: readonly string[],
  held: readonly string[],
  wanted: readonly DataUse[],
): Promise<Omit<Candidate, 'covers'>[]> {
  const limited = scopes.length > 0;
  const capabilities = Object.entries(CAPABILITY_WEIGHTS)
    .map(([scope, weight]) => ({ scope, weight }))
    .filter(({ scope }) => !limited || scopes.includes(scope) || scopes.includes(MCP_OAUTH_SCOPE_DATA_WRITE));
  const names = held.filter((name) => !isCapability(name) && (!limited || scopes.includes(name)));
  const objects = new Set(['*', ...wanted.map(({ object }) => object)]);
  const used = new Set(wanted.map(({ object, operation }) => `${object} ${operation}`));
  const sets = names.length === 0 ? [] : await sufficiency.setsOf(names);
  const about = sets
    .filter(
      ({ name, objects: allowed = {} }) =>
        names.includes(name ?? '') && Object.keys(allowed).some((each) => objects.has(each)),
    )
    .map((set) => ({ scope: set.name ?? '', weight: weightOf(set, used) }));
  return [...about.sort(byWeight).slice(0, MAX_SETS), ...capabilities].sort(byWeight);
}

/** The rights of a permission set, of which those to change what the key does not change weigh the most. */
function weightOf({ objects = {} }: StoredPermissionSet, used: ReadonlySet<string>): number {
  let weight = 0;
  for (const [object, allowed] of Object.entries(objects)) {
    for (const [right, operation] of Object.entries(RIGHTS)) {
      if (allowed[right] !== true) continue;
      const isFree = operation === 'READ' || used.has(`${object} ${operation}`);
      weight += (object === '*' ? EVERY_OBJECT : 1) * (isFree ? 1 : UNUSED_WRITE);
    }
  }
  return weight;
}

function byWeight(one: Omit<Candidate, 'covers'>, other: Omit<Candidate, 'covers'>): number {
  return one.weight - other.weight || (one.scope < other.scope ? -1 : 1);
}

async function measure(
  sufficiency: Sufficiency,
  scopes: readonly Omit<Candidate, 'covers'>[],
  wanted: readonly DataUse[],
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const each of scopes) {
    const covers = new Set<number>();
    for (const [index, use] of wanted.entries()) {
      if (await sufficiency.enough([each.scope], [use])) covers.add(index);
    }
    candidates.push({ ...each, covers });
  }
  return candidates;
}

/** Combinations that cover everything, the ones with the fewest rights first. */
function proposals(candidates: readonly Candidate[], wanted: number): string[][] {
  const single = candidates.filter(({ covers }) => covers.size === wanted).map((candidate) => [candidate]);
  const together = cheapestCover(candidates, wanted);
  const weight = (combination: readonly Candidate[]): number => combination.reduce((sum, each) => sum + each.weight, 0);
  return [...single, ...(together === undefined ? [] : [together])]
    .sort((one, other) => weight(one) - weight(other) || one.length - other.length)
    .map((combination) => combination.map(({ scope }) => scope));
}

/** The usual approximation of the smallest cover: the cheapest for what is still to be covered, then without what is superfluous. */
function cheapestCover(candidates: readonly Candidate[], wanted: number): Candidate[] | undefined {
  const left = new Set(Array.from({ length: wanted }, (_, index) => index));
  const chosen: Candidate[] = [];
  while (left.size > 0) {
    let best: { candidate: Candidate; price: number } | undefined;
    for (const candidate of candidates) {
      const price = candidate.weight / [...left].filter((index) => candidate.covers.has(index)).length;
      if (Number.isFinite(price) && (best === undefined || price < best.price)) best = { candidate, price };
    }
    if (best === undefined) return undefined;
    chosen.push(best.candidate);
    for (const index of best.candidate.covers) left.delete(index);
  }
  return chosen.reduce((kept, candidate) => {
    const others = kept.filter((other) => other !== candidate);
    const isSuperfluous = [...candidate.covers].every((index) => others.some(({ covers }) => covers.has(index)));
    return isSuperfluous ? others : kept;
  }, chosen);
}

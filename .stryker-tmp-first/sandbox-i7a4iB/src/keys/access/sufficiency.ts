// @ts-nocheck
import type { KeyOperation } from '../record/api-key-usage.ts';
import { ceilingOf } from '../record/ceiling.ts';
import type { PermissionSet } from './mcp-tools.ts';
import { type CheckedContext, narrow } from './narrowed-context.ts';
import { type LimitingSet, limitsNoMore, type RowOperation } from './row-limits.ts';

/** An operation on the records of an object. */
export interface DataUse {
  readonly object: string;
  readonly operation: Extract<KeyOperation, 'READ' | 'CREATE' | 'EDIT' | 'DELETE'>;
}

/** A permission set as the platform reads it. */
export type StoredPermissionSet = PermissionSet & LimitingSet;

/** What the platform's security service is asked. */
export interface ExplainingSecurity {
  resolvePermissionSetsForContext(context: CheckedContext): Promise<StoredPermissionSet[]>;
  explain(request: { object: string; operation: string }, context: CheckedContext): Promise<Explanation>;
}

interface Explanation {
  readonly allowed: boolean;
  readonly layers: readonly { readonly layer: string; readonly verdict: string; readonly detail: string }[];
}

const QUESTIONS: Readonly<Record<DataUse['operation'], { readonly explain: string; readonly rows: RowOperation }>> = {
  READ: { explain: 'read', rows: 'select' },
  CREATE: { explain: 'create', rows: 'insert' },
  EDIT: { explain: 'update', rows: 'update' },
  DELETE: { explain: 'delete', rows: 'delete' },
};

/**
 * Whether scopes are enough for what a key is used for, by the evaluation that enforces them. Of uses it is
 * not known which records and fields they were about: scopes are enough if they limit those no more than
 * the owner, or the present scopes of the key, are limited already.
 */
export class Sufficiency {
  readonly #security: ExplainingSecurity;
  readonly #owner: CheckedContext;
  readonly #scopes: readonly string[];
  readonly #sharesRecords: boolean;
  readonly #explanations = new Map<CheckedContext, Map<string, Promise<Explanation>>>();
  readonly #narrowed = new Map<string, { context: CheckedContext; sets: Promise<StoredPermissionSet[]> }>();

  /**
   * @param owner the context of the owner of the key.
   * @param scopes that the key has now.
   * @param sharesRecords whether the kernel can share single records: how far that goes for a key with
   * scopes, nothing says.
   */
  constructor(
    security: ExplainingSecurity,
    owner: CheckedContext,
    scopes: readonly string[],
    { sharesRecords }: { readonly sharesRecords: boolean },
  ) {
    this.#security = security;
    this.#owner = owner;
    this.#scopes = scopes;
    this.#sharesRecords = sharesRecords;
  }

  async enough(scopes: readonly string[], uses: readonly DataUse[]): Promise<boolean> {
    for (const use of uses) if (!(await this.#allows(scopes, use))) return false;
    return true;
  }

  /** The definitions of the permission sets behind scopes. */
  setsOf(scopes: readonly string[]): Promise<StoredPermissionSet[]> {
    return this.#under(scopes).sets;
  }

  async #allows(scopes: readonly string[], use: DataUse): Promise<boolean> {
    const chosen = this.#under(scopes);
    const present = this.#under(this.#scopes);
    const question = QUESTIONS[use.operation];
    const now = await this.#explain(present.context, use.object, question.explain);
    const then = await this.#explain(chosen.context, use.object, question.explain);
    if (!now.allowed || !then.allowed) return false;
    if (!this.#reachesAsFar(now, then, use)) return false;
    const sets = await chosen.sets;
    for (const others of [await this.#under([]).sets, await present.sets]) {
      if (limitsNoMore(sets, others, use.object, question.rows)) return true;
    }
    return false;
  }

  /** Whether what the platform says beside yes and no, such as how many records are meant, is the same. */
  #reachesAsFar(now: Explanation, then: Explanation, { operation }: DataUse): boolean {
    const changes = operation === 'EDIT' || operation === 'DELETE';
    const wasLimited = this.#scopes.length > 0;
    const [depth, newDepth] = [depthOf(now), depthOf(then)];
    if (depth !== newDepth && verdictOf(now, 'depth') === 'widens') return false;
    // A key with scopes changes what its owner owns, and no other records by way of sharing.
    if (changes && !wasLimited && (verdictOf(now, 'depth') === 'widens' || this.#sharesRecords)) return false;
    if (verdictOf(now, 'vama_bypass') === 'widens' && verdictOf(then, 'vama_bypass') !== 'widens') return false;
    if (verdictOf(then, 'fls') !== 'narrows') return true;
    const hidden = hiddenFields(then);
    return hidden !== undefined && hidden === hiddenFields(now);
  }

  #under(scopes: readonly string[]): { context: CheckedContext; sets: Promise<StoredPermissionSet[]> } {
    const name = [...scopes].sort().join(' ');
    let known = this.#narrowed.get(name);
    if (known === undefined) {
      const ceiling = ceilingOf(scopes);
      const context = ceiling === undefined ? this.#owner : narrow(this.#owner, ceiling);
      known = { context, sets: this.#security.resolvePermissionSetsForContext(context) };
      this.#narrowed.set(name, known);
    }
    return known;
  }

  #explain(context: CheckedContext, object: string, operation: string): Promise<Explanation> {
    let known = this.#explanations.get(context);
    if (known === undefined) {
      known = new Map();
      this.#explanations.set(context, known);
    }
    const question = `${operation} ${object}`;
    let answer = known.get(question);
    if (answer === undefined) {
      answer = this.#security.explain({ object, operation }, context);
      known.set(question, answer);
    }
    return answer;
  }
}

function layerOf({ layers }: Explanation, name: string): { readonly verdict: string; readonly detail: string } {
  return layers.find(({ layer }) => layer === name) ?? { verdict: '', detail: '' };
}

function verdictOf(explanation: Explanation, layer: string): string {
  return layerOf(explanation, layer).verdict;
}

/** How far the owner's rights reach beyond their own records; only the explanation in words says that. */
function depthOf(explanation: Explanation): string {
  return /depth: '(\w+)'/.exec(layerOf(explanation, 'depth').detail)?.[1] ?? verdictOf(explanation, 'depth');
}

/** The fields that are hidden; only the explanation in words says that. `undefined` where it leaves some out. */
function hiddenFields(explanation: Explanation): string | undefined {
  const list = /\[.*\]/.exec(layerOf(explanation, 'fls').detail)?.[0];
  return list?.includes('…') === true ? undefined : list;
}

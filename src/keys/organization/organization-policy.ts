import type { Principal } from '../../auth/principal.ts';
import { invalid, ServiceError } from '../../base/errors.ts';
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { formatDuration } from '../input/duration.ts';
import { parseInput } from '../input/input.ts';
import { type PolicyChange, updateApiKeyPolicyInput } from '../input/policy.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { Caller } from '../mint/caller.ts';
import { assertMayChange } from '../mint/eligibility.ts';
import { assertInTime, type KeyWriting } from '../mint/key-writing.ts';
import { type ApiKeyPolicy, NO_POLICY, toPolicy, violates } from '../policy/policy.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { type ApiKey, statusOf } from '../record/api-key.ts';
import { type Administration, assertActsInPerson } from './administration.ts';

/** A policy before and after a change. */
interface ChangedPolicy {
  readonly organizationId: string;
  readonly before: ApiKeyPolicy;
  readonly after: ApiKeyPolicy;
}

/** The rules of an organization for its keys: every member reads them, and its administrators set them. */
export class OrganizationPolicy {
  readonly #platform: Platform;
  readonly #administration: Administration;
  readonly #writing: KeyWriting;
  readonly #events: Pick<Events, 'policyChanged'>;

  constructor(
    platform: Platform,
    administration: Administration,
    writing: KeyWriting,
    events: Pick<Events, 'policyChanged'>,
  ) {
    this.#platform = platform;
    this.#administration = administration;
    this.#writing = writing;
    this.#events = events;
  }

  /**
   * The policy of the active organization, within what the operator allows.
   *
   * @throws ServiceError `FORBIDDEN` for who does not belong to it.
   */
  async find(principal: Principal): Promise<ApiKeyPolicy> {
    const { organizationId } = principal;
    if (organizationId === undefined || !(await this.#administration.knows(principal, organizationId))) {
      throw new ServiceError('FORBIDDEN', { message: 'You are not a member of the active organization.' });
    }
    return within(this.#writing.limits, await this.#read(organizationId));
  }

  /**
   * Whether a key that works breaks a rule that was made after it. Look-ups of the same turn of the event
   * loop share one statement.
   */
  async isViolatedBy(key: ApiKey): Promise<boolean> {
    if (key.organizationId === undefined || statusOf(key) !== 'ACTIVE') return false;
    return violates(await this.#read(key.organizationId), key);
  }

  /**
   * Changes the rules that are given, and leaves the others. It waits for the keys that are being written
   * under the rules before; those that are written after it obey the new ones.
   *
   * @throws ServiceError `VALIDATION_FAILED`, `FORBIDDEN`, `SERVICE_UNAVAILABLE`, and then nothing is changed.
   */
  async update(caller: Caller, input: unknown): Promise<ApiKeyPolicy> {
    const { principal, request } = caller;
    assertMayChange(principal);
    const change = parseInput(updateApiKeyPolicyInput, input);
    const organizationId = await this.#administration.organizationOf(principal);
    assertActsInPerson(principal);
    // A form that was sent as it is: it shows the rules.
    if (Object.values(change).every((value) => value === undefined)) return this.find(principal);
    const { engine, ledger, policies, limits } = this.#writing;
    const changed = await this.#platform.inTime(() =>
      committed(engine, API_KEY_POLICY_OBJECT, async (context) => {
        await ledger.lock(context.transaction, new Map(), []);
        const held = await policies.holdAlone(context.transaction, organizationId);
        const before = held.of(organizationId);
        const after = changedBy(before, change);
        assertConsistent(after, limits);
        const row = { id: organizationId, ...columnsOf(after) };
        const actor = { context: { ...context, userId: principal.userId } };
        if (held.has(organizationId)) await engine.update(API_KEY_POLICY_OBJECT, row, actor);
        else await engine.insert(API_KEY_POLICY_OBJECT, [row], actor);
        await ledger.assertCommittable(context.transaction);
        assertInTime(request.budget);
        return { organizationId, before, after };
      }),
    );
    this.#tell(caller, changed);
    return within(limits, changed.after);
  }

  #tell({ principal: { userId }, request }: Caller, { organizationId, before, after }: ChangedPolicy): void {
    const [was, is] = [spelled(before), spelled(after)];
    const changes = Object.fromEntries(Object.entries(is).filter(([rule, value]) => was[rule] !== value));
    if (Object.keys(changes).length > 0) this.#events.policyChanged?.(request, { userId, organizationId, changes });
  }

  async #read(organizationId: string): Promise<ApiKeyPolicy> {
    const read = () => this.#platform.reader.find(API_KEY_POLICY_OBJECT, organizationId);
    const [row] = await this.#platform.inTime(read);
    return row === undefined ? NO_POLICY : toPolicy(row);
  }
}

/** What is left out stays as it is; `null` takes a rule back. */
function changedBy(before: ApiKeyPolicy, change: PolicyChange): ApiKeyPolicy {
  const { requireScopes, whoMayMint } = change;
  const duration = (name: 'maxLifetime' | 'defaultLifetime' | 'revokeUnusedAfter'): number | undefined => {
    const value = change[name];
    return value === undefined ? before[name] : (value ?? undefined);
  };
  return {
    maxLifetime: duration('maxLifetime'),
    defaultLifetime: duration('defaultLifetime'),
    revokeUnusedAfter: duration('revokeUnusedAfter'),
    requireScopes: (requireScopes === undefined ? before.requireScopes : requireScopes) ?? NO_POLICY.requireScopes,
    whoMayMint: (whoMayMint === undefined ? before.whoMayMint : whoMayMint) ?? NO_POLICY.whoMayMint,
  };
}

function assertConsistent(
  { maxLifetime, defaultLifetime }: ApiKeyPolicy,
  { maxKeyLifetime }: Pick<KeyLimits, 'maxKeyLifetime'>,
): void {
  const given = Object.entries({ maxLifetime, defaultLifetime });
  for (const [field, lifetime] of given) {
    if (lifetime === undefined || maxKeyLifetime === undefined || lifetime <= maxKeyLifetime) continue;
    const message = `This server limits the lifetime of a key to ${formatDuration(maxKeyLifetime)}.`;
    throw invalid([{ field, code: 'exceeds_max_lifetime', message }]);
  }
  if (maxLifetime === undefined || defaultLifetime === undefined || defaultLifetime <= maxLifetime) return;
  const message = `The default lifetime must not exceed the maximum lifetime, which is ${formatDuration(maxLifetime)}. Give a shorter one.`;
  throw invalid([{ field: 'defaultLifetime', code: 'exceeds_policy_lifetime', message }]);
}

/** The operator may have set a tighter bound after the organization did. */
function within({ maxKeyLifetime }: Pick<KeyLimits, 'maxKeyLifetime'>, policy: ApiKeyPolicy): ApiKeyPolicy {
  if (maxKeyLifetime === undefined) return policy;
  const bounded = (lifetime: number | undefined) => lifetime && Math.min(lifetime, maxKeyLifetime);
  return {
    ...policy,
    maxLifetime: bounded(policy.maxLifetime),
    defaultLifetime: bounded(policy.defaultLifetime),
  };
}

function spelled(policy: ApiKeyPolicy): Record<string, string | boolean | null> {
  const duration = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : formatDuration(milliseconds);
  return {
    maxLifetime: duration(policy.maxLifetime),
    defaultLifetime: duration(policy.defaultLifetime),
    revokeUnusedAfter: duration(policy.revokeUnusedAfter),
    requireScopes: policy.requireScopes,
    whoMayMint: policy.whoMayMint,
  };
}

function columnsOf(policy: ApiKeyPolicy): Record<string, unknown> {
  const { maxLifetime, defaultLifetime, revokeUnusedAfter, requireScopes, whoMayMint } = spelled(policy);
  return {
    max_lifetime: maxLifetime,
    default_lifetime: defaultLifetime,
    revoke_unused_after: revokeUnusedAfter,
    require_scopes: requireScopes,
    who_may_mint: whoMayMint,
  };
}

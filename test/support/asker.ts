import { type SessionPrincipal, sessionPrincipal } from '../../src/auth/principal.ts';
import { Budget } from '../../src/http/budget.ts';
import { Exchange } from '../../src/http/exchange.ts';
import type { Minting } from '../../src/keys/mint/mint.ts';
import type { KeyEvent } from '../../src/observability/events.ts';
import type { DataEngine } from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';
import type { SessionContext } from '../../src/resolvers/context.ts';

type Surroundings = Partial<Omit<Minting, 'platform'>> & {
  readonly platform?: Partial<Omit<Platform, 'engine'>> & { readonly engine?: Partial<DataEngine> };
  readonly idempotencyKey?: string;
};

/** What a resolver gets: a person, a request, and of minting what is given; the rest of it is not there to be used. */
export function asker({ platform, idempotencyKey, ...minting }: Surroundings = {}) {
  const principal: SessionPrincipal = sessionPrincipal(
    { userId: 'usr_1', email: 'a@example.test', organizationId: 'org_1' },
    false,
  );
  /** What was told of keys, and the steps of the request as they began and ended. */
  const told: KeyEvent[] = [];
  const steps: string[] = [];
  const request = new Exchange(
    {
      id: 'req_1',
      address: '203.0.113.7',
      endpoint: 'graphql',
      idempotencyKey: idempotencyKey ?? null,
      budget: new Budget(60_000),
    },
    { answered: () => undefined, failed: () => undefined, changed: (_exchange, key) => told.push(key) },
  );
  request.trace = {
    during: async (step, run) => {
      steps.push(step);
      const outcome = await run();
      steps.push(`${step} done`);
      return outcome;
    },
    end: () => undefined,
  };
  const context: SessionContext = { principal, minting: { platform, ...minting } as unknown as Minting, request };
  return { context, principal, request, told, steps };
}

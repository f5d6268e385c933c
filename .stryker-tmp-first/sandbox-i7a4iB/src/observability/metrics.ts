// @ts-nocheck
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ServiceError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { RequestFacts } from '../http/observer.ts';
import type { ChangeOrigin, Events, KeyEvent } from './events.ts';

/** The use of the database connection pool. */
export interface PoolUsage {
  readonly used: number;
  readonly idle: number;
  /** Queries that wait for a connection. */
  readonly waiting: number;
  /** The most connections of this process. */
  readonly max: number;
}

/** How many keys there are, by what may be wrong with them. */
export type Counts = Readonly<Record<'active' | 'unlimited' | 'expiring' | 'unused', number>>;

/** In seconds. Creating a key takes one commit: usually far below 50 ms, and at worst the time limit. */
const LATENCIES = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Metrics for Prometheus. Every label has few values, all from this project: an endpoint, a field of
 * the schema, a code. No label is an id, a name or an address.
 */
export class Metrics implements Events {
  readonly registry = new Registry();
  readonly #requests: Counter<'endpoint' | 'operation' | 'code'>;
  readonly #durations: Histogram<'endpoint' | 'operation'>;
  readonly #refusals: Counter<'reason'>;
  readonly #mints: Histogram;

  /** @param poolUsage reads the use of the connection pool, if the database has one. */
  constructor(poolUsage?: () => PoolUsage) {
    const registers = [this.registry];
    this.#requests = new Counter({
      name: 'api_keys_requests_total',
      help: 'Requests answered, by endpoint, root field and code (OK, or the code of the first error).',
      labelNames: ['endpoint', 'operation', 'code'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'api_keys_request_duration_seconds',
      help: 'Time from the arrival of a request to its response.',
      labelNames: ['endpoint', 'operation'],
      buckets: LATENCIES,
      registers,
    });
    this.#refusals = new Counter({
      name: 'api_keys_refusals_total',
      help: 'Rejected requests, by the code of the first invalid field, or of the error if no field is invalid.',
      labelNames: ['reason'],
      registers,
    });
    this.#mints = new Histogram({
      name: 'api_keys_mint_duration_seconds',
      help: 'Time from accepting a new key to its commit. The count is the number of keys.',
      buckets: LATENCIES,
      registers,
    });
    new Gauge({
      name: 'api_keys_build_info',
      help: 'Always 1.',
      labelNames: ['version'],
      registers,
    }).set({ version: VERSION }, 1);
    // These include event-loop lag, memory and garbage collection.
    collectDefaultMetrics({ register: this.registry });
    if (poolUsage !== undefined) this.#watchPool(poolUsage);
  }

  answered(request: RequestFacts): void {
    const { endpoint, operation = 'none', code } = request;
    this.#requests.inc({ endpoint, operation, code });
    this.#durations.observe({ endpoint, operation }, request.milliseconds / 1000);
    if (request.reason !== undefined) this.#refusals.inc({ reason: request.reason });
  }

  changed(_origin: ChangeOrigin, key: KeyEvent): void {
    if (key.action !== 'create' && key.action !== 'rotate') return;
    this.#mints.observe(key.milliseconds / 1000);
  }

  failed(_request: RequestFacts, _error: ServiceError): void {
    // `answered` counts it, by its code.
  }

  /** @param count is asked at each scrape; where it fails there is no sample. */
  watchKeys(count: () => Promise<Counts>): void {
    new Gauge({
      name: 'api_keys_keys',
      help: 'Keys in the database: active, and among them unlimited (without scopes), expiring (within 30 days) and unused (for 90 days).',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          for (const [state, keys] of Object.entries(await count())) this.set({ state }, keys);
        } catch {
          // The other metrics say what is wrong with the database.
        }
      },
    });
  }

  #watchPool(usage: () => PoolUsage): void {
    new Gauge({
      name: 'api_keys_database_connections',
      help: 'Database connections in use and idle, and queries that wait for one.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        const { used, idle, waiting } = usage();
        this.set({ state: 'used' }, used);
        this.set({ state: 'idle' }, idle);
        this.set({ state: 'waiting' }, waiting);
      },
    });
    new Gauge({
      name: 'api_keys_database_connections_max',
      help: 'The most database connections of this process (DATABASE_POOL_SIZE).',
      registers: [this.registry],
    }).set(usage().max);
  }
}

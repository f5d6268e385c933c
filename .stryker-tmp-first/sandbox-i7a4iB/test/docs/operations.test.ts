// @ts-nocheck
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Metrics } from '../../src/observability/metrics.ts';
import { ROOT } from '../support/markdown.ts';

const document = await readFile(`${ROOT}docs/operations.md`, 'utf8');
const alerts = await readFile(`${ROOT}deploy/alerts.yaml`, 'utf8');
const service = new Metrics(() => ({ used: 0, idle: 0, waiting: 0, max: 10 }));
service.watchKeys(async () => ({ active: 0, unlimited: 0, expiring: 0, unused: 0 }));
const metrics = service.registry.getMetricsAsArray().map(({ name }) => name);

describe('docs/operations.md', () => {
  it('has every metric of this service, and no other', () => {
    const own = metrics.filter((name) => name.startsWith('api_keys_'));
    const documented = [...document.matchAll(/^\| `(api_keys_\w+)`/gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual(own.sort());
  });

  it('says of every alert what it means and what to do, and of no other', () => {
    const rules = [...alerts.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name);
    const explained = [...document.matchAll(/^\| `(ApiKeys\w+)` \| \S.* \| \S.* \|$/gm)].map(([, name]) => name);
    expect(rules.length).toBeGreaterThan(5);
    expect(explained).toEqual(rules);
  });
});

describe('deploy/alerts.yaml', () => {
  it('asks for metrics and labels that there are', () => {
    const asked = [...alerts.matchAll(/\b((?:api_keys|nodejs|process)_\w+?)(?:_bucket|_count|_sum)?[[{ ]/g)];
    expect(asked.length).toBeGreaterThan(5);
    for (const [, name] of asked) expect(metrics).toContain(name);
  });
});

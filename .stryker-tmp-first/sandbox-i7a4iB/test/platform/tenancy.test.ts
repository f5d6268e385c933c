// @ts-nocheck
import { LiteKernel, type Plugin, type PluginContext } from '@objectstack/core';
import { ObjectKernel } from '@objectstack/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataEngine } from '../../src/platform/engine.ts';
import { Platform } from '../../src/platform/platform.ts';
import { type ServiceLookup, serviceLookup } from '../../src/platform/service-lookup.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, endMemberships, type Person, type TestKernel } from '../support/kernel.ts';

const ENDPOINTS = [
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const;

describe('behind a wall between organizations', () => {
  let target: TestKernel;
  beforeAll(async () => {
    // What `@objectstack/verify` does for its "posture-only" kernels: the wall is asked for by the
    // environment, and granted since something says that it scopes organizations.
    const before = { posture: process.env['OS_TENANCY_POSTURE'], owner: process.env['OS_PLATFORM_OWNER_EMAIL'] };
    process.env['OS_TENANCY_POSTURE'] = 'isolated';
    process.env['OS_PLATFORM_OWNER_EMAIL'] = 'admin@objectos.ai';
    try {
      target = await bootKernel({ plugins: [organizationScoping] });
    } finally {
      restore('OS_TENANCY_POSTURE', before.posture);
      restore('OS_PLATFORM_OWNER_EMAIL', before.owner);
    }
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  it('stands, in this test', async () => {
    expect(await target.kernel.getServiceAsync('tenancy')).toMatchObject({ posture: 'isolated' });
  });

  describe.each(ENDPOINTS)('through %s', (_name, connect) => {
    it('a person without an active organization cannot mint', async () => {
      const person = await target.newPerson({ organizationId: null });
      const before = await target.storedKeys();
      const answer = await connect(target).mint(bearer(person.token), { name: 'x' });
      expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN', key: undefined });
      expect(answer.text).toContain('Select an active organization first');
      expect(await target.storedKeys()).toEqual(before);
    });

    it('a member can mint, and their key ends with their membership', async () => {
      const person = await target.newPerson();
      const { key = '', apiKey } = await connect(target).mint(bearer(person.token), { name: 'x' });
      expect(apiKey?.organizationId).toBe(person.organizationId);
      const use = () => graphqlEndpoint(target).send({ 'x-api-key': key }, '{"query":"{ viewer { id } }"}');
      expect((await use()).status).toBe(200);

      // Past the platform's hook, which would end the session with the membership.
      await target.sql('DELETE FROM sys_member WHERE user_id = ?', [person.id]);

      expect(await use()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      const before = await target.storedKeys();
      const refused = await connect(target).mint(bearer(person.token), { name: 'x' });
      expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN', key: undefined });
      expect(await target.storedKeys()).toEqual(before);
    });

    it('a former member of the organization cannot create keys', async () => {
      const person = await target.newPerson();
      await endMemberships(target.engine, person.id);
      const before = await target.storedKeys();
      const refused = await connect(target).mint(bearer(person.token), { name: 'x' });
      expect([401, 403]).toContain(refused.status);
      expect(refused.key).toBeUndefined();
      expect(await target.storedKeys()).toEqual(before);
    });
  });
});

describe('a tenancy service that does not answer is not "no wall"', () => {
  let target: TestKernel;
  let context: PluginContext;
  let genuine: object;
  let person: Person;
  beforeAll(async () => {
    target = await bootKernel({
      plugins: [
        {
          name: 'com.example.context',
          version: '1.0.0',
          init: (given) => {
            context = given;
          },
        },
      ],
    });
    genuine = await target.kernel.getServiceAsync<object>('tenancy');
    person = await target.newPerson({ organizationId: null });
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  const SECRET_CAUSE = 'tenancy-store-10.0.0.7';
  const FAULTS: [string, () => unknown][] = [
    [
      'throws',
      () => ({
        get posture(): never {
          throw new Error(SECRET_CAUSE);
        },
      }),
    ],
    ['states nothing', () => ({})],
    ['states a posture that does not exist', () => ({ posture: SECRET_CAUSE })],
    ['states no posture and no text', () => ({ posture: 7, isolationActive: 'no' })],
    ['is a text', () => 'single'],
  ];

  describe.each(ENDPOINTS)('through %s', (_name, connect) => {
    it.each(FAULTS)('when it %s', async (_how, service) => {
      const before = await target.storedKeys();
      const written = target.output().length;
      context.replaceService('tenancy', service());
      const answer = await connect(target).mint(bearer(person.token), { name: 'x' });
      context.replaceService('tenancy', genuine);

      expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', key: undefined });
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(answer.text).not.toContain(SECRET_CAUSE);
      expect(target.output().slice(written)).not.toContain(SECRET_CAUSE);
      expect(await target.storedKeys()).toEqual(before);
      // It was the service alone.
      expect((await connect(target).mint(bearer(person.token), { name: 'x' })).key).toMatch(/^osk_/);
    });
  });

  it('a request with an API key is not answered either', async () => {
    const { key = '' } = await restEndpoint(target).mint(bearer(person.token), { name: 'x' });
    context.replaceService('tenancy', {});
    const answer = await graphqlEndpoint(target).send({ 'x-api-key': key }, '{"query":"{ viewer { id } }"}');
    context.replaceService('tenancy', genuine);
    expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('the tenancy posture', () => {
  const engine = {} as DataEngine;

  it.each([
    ['full', () => new ObjectKernel({ gracefulShutdown: false, logger: { level: 'silent' } })],
    ['light', () => new LiteKernel({ logger: { level: 'silent' } })],
  ])('is unknown to a %s kernel without the service, which has no walls', async (_kind, make) => {
    const kernel = make();
    let lookup: ServiceLookup | undefined;
    await kernel.use({
      name: 'com.example.lookup',
      version: '1.0.0',
      init: (context) => {
        lookup = serviceLookup(context);
        context.registerService('present', { posture: 'isolated' });
      },
    });
    await kernel.bootstrap().catch(() => undefined);
    if (lookup === undefined) throw new Error('the plugin was not initialized');

    expect(await lookup('present')).toEqual({ posture: 'isolated' });
    expect(await new Platform(engine, lookup, 1000).tenancyPosture()).toBeUndefined();
  });

  it('is not waited for without end', async () => {
    const platform = new Platform(engine, () => new Promise(() => undefined), 100);
    await expect(platform.tenancyPosture()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      headers: { 'Retry-After': '2' },
    });
  });

  it('is not taken from a service that cannot be made', async () => {
    const platform = new Platform(engine, () => Promise.reject(new Error('factory failed')), 1000);
    await expect(platform.tenancyPosture()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

const organizationScoping: Plugin = {
  name: 'com.example.organization-scoping',
  version: '1.0.0',
  init: (given) => given.registerService('org-scoping', { supportedPostures: ['isolated'] }),
};

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

// @ts-nocheck
import { ObjectKernel } from '@objectstack/runtime';
import { describe, expect, it } from 'vitest';
import type { DataEngine } from '../../src/platform/engine.ts';
import { Platform } from '../../src/platform/platform.ts';
import type { ServiceLookup } from '../../src/platform/service-lookup.ts';

const NO_ENGINE = {} as DataEngine;

/** The kernel's own look-up, with some services registered. */
function lookupIn(services: Record<string, object>): ServiceLookup {
  const kernel = new ObjectKernel({ logger: { level: 'silent' } });
  for (const [name, service] of Object.entries(services)) kernel.registerService(name, service);
  return (name) => kernel.getServiceAsync(name);
}

const mcp = { renderSkill: ({ mcpUrl }: { mcpUrl: string }) => `skill for ${mcpUrl}` };
const auth = { getMcpResourceUrl: () => 'https://acme.example/api/v1/mcp' };

describe('the MCP endpoint of a kernel', () => {
  it('has the address that sign-in derives from the public one', async () => {
    const platform = new Platform(NO_ENGINE, lookupIn({ mcp, auth }), 1000);
    expect(await platform.mcpEndpoint()).toEqual({
      url: 'https://acme.example/api/v1/mcp',
      skill: 'skill for https://acme.example/api/v1/mcp',
    });
  });

  it.each([
    ['the MCP server is not installed', { auth }],
    ['nothing knows its address', { mcp, auth: {} }],
  ])('is absent when %s', async (_case, services) => {
    expect(await new Platform(NO_ENGINE, lookupIn(services), 1000).mcpEndpoint()).toBeUndefined();
  });

  it('that does not answer is a failure, and not an absence', async () => {
    const lookup: ServiceLookup = () => Promise.reject(new Error('the service crashed'));
    await expect(new Platform(NO_ENGINE, lookup, 1000).mcpEndpoint()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});

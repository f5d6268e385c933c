// @ts-nocheck
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { DirectHandler } from '../http/endpoints.ts';

/**
 * Lets plugins answer requests before Hono and its objects of the Fetch standard are involved, which
 * cost more than minting a key does. Once a host registers middleware for every request, or somebody
 * who counts them, nothing is answered past those.
 */
export function directHandlers(server: HonoHttpServer): DirectHandler {
  const handlers: DirectHandler[] = [];
  let passed = true;
  for (const method of ['use', 'afterResponse'] as const) {
    const register = server[method].bind(server) as (...given: unknown[]) => void;
    server[method] = (...given: unknown[]) => {
      passed = false;
      register(...given);
    };
  }
  Object.assign(server, { answerFirst: (handler: DirectHandler) => handlers.push(handler) });
  return (incoming, outgoing) => passed && handlers.some((handler) => handler(incoming, outgoing));
}

// @ts-nocheck
import { isServiceNotRegisteredError, type PluginContext } from '@objectstack/core';

/**
 * Looks up a service of the kernel by name.
 *
 * @throws an error; {@link isNotRegistered} tells whether the service does not exist or failed.
 */
export type ServiceLookup = <T>(name: string) => Promise<T>;

/**
 * The services of a kernel. The full kernel waits for a service that is created on first use; the light
 * kernel (`LiteKernel`) returns only services that already exist.
 */
export function serviceLookup(context: PluginContext): ServiceLookup {
  const kernel: Partial<ReturnType<PluginContext['getKernel']>> = context.getKernel();
  return async <T>(name: string) => {
    if (kernel.getServiceAsync !== undefined) return kernel.getServiceAsync<T>(name);
    if (!context.getServices().has(name)) throw new NotRegistered(name);
    return context.getService<T>(name);
  };
}

/** An optional service. If it is registered but fails, this throws. */
export async function optionalService<T>(lookup: ServiceLookup, name: string): Promise<T | undefined> {
  try {
    return await lookup<T>(name);
  } catch (error) {
    if (isNotRegistered(error)) return undefined;
    throw error;
  }
}

/** Whether a look-up failed because there is no such service. */
export function isNotRegistered(error: unknown): boolean {
  return error instanceof NotRegistered || isServiceNotRegisteredError(error);
}

/** The error of the light kernel can only be recognized by its message. */
class NotRegistered extends Error {
  override readonly name = 'NotRegistered';

  constructor(service: string) {
    super(`There is no service "${service}".`);
  }
}

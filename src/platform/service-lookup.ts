import { isServiceNotRegisteredError, type PluginContext } from '@objectstack/core';

/**
 * Looks up a service of the kernel by name.
 *
 * @throws an error of which {@link isNotRegistered} tells whether there is no such service, or
 *   whether there is one and it cannot be had.
 */
export type ServiceLookup = <T>(name: string) => Promise<T>;

/**
 * The services of a kernel. The full kernel waits for a service that is made when it is first asked
 * for; the light one (`LiteKernel`) has it or has it not.
 */
export function serviceLookup(context: PluginContext): ServiceLookup {
  const kernel: Partial<ReturnType<PluginContext['getKernel']>> = context.getKernel();
  return async <T>(name: string) => {
    if (kernel.getServiceAsync !== undefined) return kernel.getServiceAsync<T>(name);
    if (!context.getServices().has(name)) throw new NotRegistered(name);
    return context.getService<T>(name);
  };
}

/** A service that a kernel may go without; one that is there and cannot be had throws. */
export async function optionalService<T>(lookup: ServiceLookup, name: string): Promise<T | undefined> {
  try {
    return await lookup<T>(name);
  } catch (error) {
    if (isNotRegistered(error)) return undefined;
    throw error;
  }
}

/** Whether a look-up failed since there is no such service. */
export function isNotRegistered(error: unknown): boolean {
  return error instanceof NotRegistered || isServiceNotRegisteredError(error);
}

/** The light kernel's own error says so in its message only. */
class NotRegistered extends Error {
  override readonly name = 'NotRegistered';

  constructor(service: string) {
    super(`There is no service "${service}".`);
  }
}

import type { PluginContext } from '@objectstack/core';

/** Looks up a service of the kernel by name. */
export type ServiceLookup = <T>(name: string) => Promise<T>;

/**
 * The services of a kernel. The full kernel waits for a service that is made when it is first asked
 * for; the light one (`LiteKernel`) has it or has it not.
 */
export function serviceLookup(context: PluginContext): ServiceLookup {
  const kernel: Partial<ReturnType<PluginContext['getKernel']>> = context.getKernel();
  return async <T>(name: string) =>
    kernel.getServiceAsync === undefined ? context.getService<T>(name) : kernel.getServiceAsync<T>(name);
}

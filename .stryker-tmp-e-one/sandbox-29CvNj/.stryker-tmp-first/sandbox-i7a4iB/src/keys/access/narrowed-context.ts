// @ts-nocheck
// 
import type { EngineContext } from '../../platform/engine.ts';
import type { Ceiling } from '../record/ceiling.ts';

/** An execution context as the platform's permission checks read it. */
export interface CheckedContext extends EngineContext {
  readonly principalKind?: string;
  readonly positions?: readonly string[];
  readonly permissions?: readonly string[];
  readonly systemPermissions?: readonly string[];
  readonly onBehalfOf?: { readonly userId: string; readonly principalKind: string };
}

/**
 * The context of a request, cut down to a ceiling. The platform then allows what the ceiling's
 * permission sets *and* the person's own sets allow, row-level and field-level rules included: its
 * delegator intersection (ADR-0090 D10), which reads the rights of the person afresh.
 *
 * A context without a person comes back as it is: nobody's rights are in it. So does the system's.
 */
export function narrow(context: CheckedContext, { permissionSets, actions }: Ceiling): CheckedContext {
  const { userId, systemPermissions = [] } = context;
  if (context.isSystem === true || userId === undefined) return context;
  return {
    ...context,
    principalKind: 'agent',
    positions: [],
    permissions: permissionSets,
    // The platform asks these of whoever runs a business action, and of nobody who touches an object.
    systemPermissions: actions ? systemPermissions : [],
    onBehalfOf: { userId, principalKind: 'human' },
  };
}

/** Whether a value is an execution context: the one kind of object that says whether it is the system's. */
export function isCheckedContext(value: unknown): value is CheckedContext {
  return typeof value === 'object' && value !== null && 'isSystem' in value && 'positions' in value;
}

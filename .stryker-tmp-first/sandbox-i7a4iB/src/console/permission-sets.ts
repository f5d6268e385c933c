// @ts-nocheck
import type { PluginContext } from '@objectstack/core';
import { SCOPE_PATTERN } from '../keys/input/input.ts';
import type { DataEngine } from '../platform/engine.ts';
import { serviceLookup } from '../platform/service-lookup.ts';
import type { Choice } from './actions.ts';

/** Most permission sets in the form: it shows them all at once. */
const MOST = 20;

/**
 * The permission sets of this installation, as choices in a form. The platform's own sets are left out: the
 * capabilities say the same in plainer words. A choice that somebody does not hold is refused with a sentence.
 * What is added later is in the form after a restart; a form can only be told once.
 */
export async function permissionSetChoices(context: PluginContext): Promise<Choice[]> {
  const engine = await serviceLookup(context)<DataEngine>('objectql');
  if (engine.getObject('sys_permission_set') === undefined) return [];
  const sets = await engine.find('sys_permission_set', {
    where: { active: true },
    orderBy: [{ field: 'label', order: 'asc' }],
    limit: 200,
    context: { isSystem: true },
  });
  return sets
    .filter((set) => set['managed_by'] !== 'platform')
    .flatMap(({ name, label }) => (isScope(name) ? [{ value: name, label: `As "${label ?? name}"` }] : []))
    .slice(0, MOST);
}

function isScope(name: unknown): name is string {
  return typeof name === 'string' && SCOPE_PATTERN.test(name);
}

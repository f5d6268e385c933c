// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import fc from 'fast-check';
import type { Person, TestEngine, TestKernel } from '../kernel.ts';
import type { Actions } from '../notes-app.ts';

/** Objects of an application, one of each sharing model. */
const SHARING_MODELS = ['public_read_write', 'public_read', 'private'] as const;
export const OBJECTS: readonly string[] = SHARING_MODELS.map((model) => `access_${model}`);
export const TITLES = ['red', 'green', 'blue'];

/** A business action of each object. */
export const ACTION = 'access_stamp';

const SYSTEM = { isSystem: true };
const RIGHTS = ['allowRead', 'allowCreate', 'allowEdit', 'allowDelete', 'viewAllRecords', 'modifyAllRecords'] as const;

/** What one permission set says about one object. */
type Rights = Partial<Record<(typeof RIGHTS)[number], boolean>>;

export interface RandomSet {
  readonly name: string;
  readonly objects: Readonly<Record<string, Rights>>;
  readonly rowLevelSecurity: readonly { name: string; object: string; operation: string; using: string }[];
}

const rights: fc.Arbitrary<Rights> = fc
  .uniqueArray(fc.constantFrom(...RIGHTS.slice(0, 4), ...RIGHTS), { maxLength: 4 })
  .map((names) => Object.fromEntries(names.map((name) => [name, true])));

const rule = (object: string): fc.Arbitrary<{ object: string; operation: string; using: string }> =>
  fc.record({
    object: fc.constant(object),
    operation: fc.constantFrom('select', 'update', 'delete', 'all'),
    using: fc.oneof(
      fc.constant('created_by == current_user.id'),
      fc.constantFrom(...TITLES).map((title) => `title == '${title}'`),
    ),
  });

/** Random permission sets, the same ones for the same seed: some about one object, some about every one. */
export function randomSets(seed: number, count: number): RandomSet[] {
  const set = fc.record({
    objects: fc.dictionary(fc.constantFrom(...OBJECTS, ...OBJECTS, '*'), rights, { minKeys: 1, maxKeys: 3 }),
    rules: fc.array(fc.constantFrom(...OBJECTS).chain(rule), { maxLength: 2 }),
  });
  return fc.sample(set, { seed, numRuns: count }).map(({ objects, rules }, index) => ({
    name: `access_set_${index}`,
    objects,
    rowLevelSecurity: rules.map((of, number) => ({ name: `access_rule_${index}_${number}`, ...of })),
  }));
}

/** An application with the objects and the permission sets. */
export class AccessApp implements Plugin {
  readonly name = 'com.example.access';
  readonly version = '1.0.0';
  readonly type = 'standard';
  readonly #sets: readonly RandomSet[];

  constructor(sets: readonly RandomSet[]) {
    this.#sets = sets;
  }

  init(context: PluginContext): void {
    context.getService<{ register(manifest: object): void }>('manifest').register({
      id: this.name,
      namespace: 'access',
      version: this.version,
      type: 'app',
      name: 'Access',
      objects: SHARING_MODELS.map((sharingModel) => ({
        name: `access_${sharingModel}`,
        label: sharingModel,
        pluralLabel: sharingModel,
        sharingModel,
        fields: { title: { type: 'text', label: 'Title', required: true } },
        actions: [{ name: ACTION, label: 'Stamp', type: 'script', target: ACTION }],
      })),
      permissions: this.#sets.map((set) => ({ ...set, label: set.name })),
    });
    const engine = context.getService<Actions>('objectql');
    for (const object of OBJECTS) engine.registerAction(object, ACTION, async () => ({ stamped: true }));
  }
}

/** A person with some of the sets, and a key. */
export interface Owner extends Person {
  readonly sets: readonly string[];
  readonly key: string;
  readonly keyId: string;
}

/** People with random sets. The last one is an administrator of the platform. */
export async function newOwners(target: TestKernel, sets: readonly RandomSet[], seed: number): Promise<Owner[]> {
  const chosen = fc.sample(
    fc.subarray(
      sets.map(({ name }) => name),
      { maxLength: 4 },
    ),
    { seed, numRuns: 5 },
  );
  const owners: Owner[] = [];
  let organizationId: string | undefined;
  for (const names of [...chosen, ['admin_full_access']]) {
    const person = await target.newPerson(organizationId === undefined ? {} : { organizationId });
    organizationId = person.organizationId;
    for (const name of names) await grant(target.engine, person, name);
    const response = await target.request('/api/v1/keys', {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
      body: '{"name":"of an owner"}',
    });
    const { id, key } = (await response.json()) as { id: string; key: string };
    owners.push({ ...person, sets: names, key, keyId: id });
  }
  return owners;
}

async function grant(engine: TestEngine, person: Person, name: string): Promise<void> {
  const [set] = await engine.find('sys_permission_set', { where: { name }, context: SYSTEM });
  if (set === undefined) throw new Error(`no permission set ${name}`);
  const row = { user_id: person.id, permission_set_id: set['id'] };
  await engine.insert('sys_user_permission_set', row, { context: SYSTEM });
}

export interface AccessRecord {
  readonly id: string;
  readonly object: string;
  readonly title: string;
  /** Who made it. */
  readonly by: Owner;
}

/** Records of every object: each owner has one of each title. */
export async function newRecords(target: TestKernel, owners: readonly Owner[]): Promise<AccessRecord[]> {
  const records: AccessRecord[] = [];
  for (const object of OBJECTS) {
    for (const [index, owner] of owners.entries()) {
      const title = TITLES[index % TITLES.length] ?? '';
      records.push({ object, title, by: owner, id: await newRecord(target.engine, object, title, owner) });
    }
  }
  return records;
}

export async function newRecord(engine: TestEngine, object: string, title: string, by: Person): Promise<string> {
  const { id: userId, organizationId: tenantId } = by;
  const context = { ...SYSTEM, userId, ...(tenantId === undefined ? {} : { tenantId }) };
  const row = (await engine.insert(object, { title }, { context })) as { id: string };
  return row.id;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Person, Platform } from '../../platform/platform.ts';
import { heldScopes } from '../mint/held-scopes.ts';
import { assertHoldsScopes } from '../mint/mint-rules.ts';
import { ceilingOf, isCapability } from '../record/ceiling.ts';
import { type CheckedContext, narrow } from './narrowed-context.ts';
import type { ExplainingSecurity } from './sufficiency.ts';

/** What a key could do with the records of an object; row-level rules may leave it only some of them. */
export interface ObjectAccess {
  readonly object: string;
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

type PreviewPlatform = Pick<Platform, 'contextOf' | 'inTime' | 'permissionSetsOf'>;

/** What the preview is worked out with. */
export interface PreviewParts {
  /** `undefined` in a kernel that checks no permissions: keys with scopes have no access there. */
  readonly security: Pick<ExplainingSecurity, 'explain'> | undefined;
  /** The names of all objects of the kernel. */
  objectNames(): readonly string[];
  /** Whether an operation is closed to keys, whatever rights their owner has. */
  isClosedToKeys(object: string, operation: 'find' | 'insert' | 'update' | 'delete'): boolean;
}

const QUESTIONS = {
  read: { explain: 'read', engine: 'find' },
  create: { explain: 'create', engine: 'insert' },
  edit: { explain: 'update', engine: 'update' },
  delete: { explain: 'delete', engine: 'delete' },
} as const;

const previews = new AsyncLocalStorage<true>();

/**
 * Whether this code runs for a preview. The platform looks the owner and their rights up for each of its some
 * hundred questions; within one preview, they are looked up once.
 */
export function isPreviewing(): boolean {
  return previews.getStore() === true;
}

/** Says what a key could do before it is made, by the evaluation that would hold it to its scopes. */
export class AccessPreview {
  readonly #platform: PreviewPlatform;
  readonly #parts: PreviewParts;

  constructor(platform: PreviewPlatform, parts: PreviewParts) {
    this.#platform = platform;
    this.#parts = parts;
  }

  /**
   * @param owner of the key.
   * @param scopes at least one.
   * @param object only this one.
   * @throws ServiceError `FORBIDDEN` for a permission set that the owner does not hold.
   * @returns the objects with which the key could do anything; always the one that was asked for.
   */
  of(owner: Person, scopes: readonly string[], object: string | undefined): Promise<ObjectAccess[]> {
    return previews.run(true, () => this.#of(owner, scopes, object));
  }

  async #of(owner: Person, scopes: readonly string[], object: string | undefined): Promise<ObjectAccess[]> {
    if (!scopes.every(isCapability)) assertHoldsScopes(scopes, await heldScopes(this.#platform, owner));
    const { security } = this.#parts;
    const names = object === undefined ? [...this.#parts.objectNames()].sort() : [object];
    const ceiling = ceilingOf(scopes);
    if (ceiling === undefined) throw new TypeError('a key without scopes is held to nothing');
    const context = narrow((await this.#platform.contextOf(owner)) as CheckedContext, ceiling);
    const all: ObjectAccess[] = [];
    for (const name of names) {
      const may = async (question: keyof typeof QUESTIONS): Promise<boolean> => {
        const { explain, engine } = QUESTIONS[question];
        if (security === undefined || this.#parts.isClosedToKeys(name, engine)) return false;
        const { allowed } = await security.explain({ object: name, operation: explain }, context);
        return allowed === true;
      };
      const [read, create, edit, remove] = await this.#platform.inTime(() =>
        Promise.all([may('read'), may('create'), may('edit'), may('delete')]),
      );
      const access = { object: name, read, create, edit, delete: remove };
      if (object !== undefined || read || create || edit || remove) all.push(access);
    }
    return all;
  }
}

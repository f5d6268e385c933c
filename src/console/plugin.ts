import type { Plugin, PluginContext } from '@objectstack/core';
import type { Action, ListView } from '@objectstack/spec/ui';
import { VERSION } from '../base/version.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import { type Choice, createAction, rotateAction, SCOPE_CHOICES, whereItMakesSense } from './actions.ts';
import { administratorActions } from './administrators.ts';
import { API_KEYS_APP, NAVIGATION } from './navigation.ts';
import { ORGANIZATION_KEYS } from './pages.ts';
import { permissionSetChoices } from './permission-sets.ts';
import { LIST_VIEWS } from './views.ts';

const NAME = 'com.objectstack.api-keys.console';

/** An object as it is declared, as far as this plugin adds to it. */
interface ObjectDeclaration {
  readonly name: string;
  readonly actions?: readonly Action[];
  readonly listViews?: Readonly<Record<string, ListView>>;
}

interface Registry {
  getObject(name: string): ObjectDeclaration | undefined;
  registerObject(
    declaration: ObjectDeclaration,
    packageId: string,
    namespace: undefined,
    ownership: 'overlay',
  ): unknown;
}

export interface ApiKeysConsoleOptions {
  /** Where the endpoints are, as in the options of `ApiKeysPlugin`. */
  readonly basePath?: string;
  /** Whether the keys are an app of their own on the first page. Default: false; they are in Account and in Setup. */
  readonly app?: boolean;
}

/**
 * Adds API keys to the objectui Console with metadata only: a form to create a key, another to rotate it,
 * lists of keys, and menu entries. Add it after `AuthPlugin`, together with `ApiKeysPlugin`:
 *
 * ```ts
 * await kernel.use(new ApiKeysConsolePlugin());
 * ```
 */
export class ApiKeysConsolePlugin implements Plugin {
  readonly name = NAME;
  readonly version = VERSION;
  readonly type = 'standard';
  /** It declares the object of keys, which this plugin adds to. */
  readonly dependencies = ['com.objectstack.auth'];
  readonly #basePath: string;
  readonly #app: boolean;

  constructor({ basePath = '/api/v1', app = false }: ApiKeysConsoleOptions = {}) {
    this.#basePath = basePath;
    this.#app = app;
  }

  init(context: PluginContext): void {
    const { registry } = context.getService<{ readonly registry: Registry }>('objectql');
    const base = registry.getObject(API_KEY_OBJECT);
    if (base === undefined) throw new Error(`ApiKeysConsolePlugin: there is no ${API_KEY_OBJECT} in this kernel.`);
    const scopes: Choice[] = [...SCOPE_CHOICES];
    const actions = [
      createAction(this.#basePath, scopes),
      rotateAction(this.#basePath),
      ...administratorActions(this.#basePath),
    ];
    const platformActions = (base.actions ?? []).map((action) => whereItMakesSense(action, this.#basePath));
    registry.registerObject(
      { ...base, actions: [...platformActions, ...actions], listViews: LIST_VIEWS },
      NAME,
      undefined,
      'overlay',
    );
    // The last moment before the server listens: what every plugin brings is there.
    context.hook('kernel:listening', async () => {
      scopes.push(...(await permissionSetChoices(context)));
    });
    context.getService<{ register(manifest: object): void }>('manifest').register({
      id: NAME,
      name: 'API keys in the Console',
      version: VERSION,
      type: 'plugin',
      scope: 'system',
      pages: [ORGANIZATION_KEYS],
      navigationContributions: NAVIGATION,
      ...(this.#app ? { apps: [API_KEYS_APP] } : {}),
    });
  }
}

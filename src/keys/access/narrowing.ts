import type { MiddlewareEngine } from '../../platform/middleware.ts';
import type { AdmittedKey } from '../admission/current-key.ts';
import { type Ceiling, ceilingOf } from '../record/ceiling.ts';
import { type PermissionSet, toolFamilies, toolsIn } from './mcp-tools.ts';
import { type CheckedContext, isCheckedContext, narrow } from './narrowed-context.ts';
import { inOrganizationOf } from './owner-organization.ts';

/** The platform's security service: functions that are asked about a context. */
export interface SecurityService {
  [name: string]: unknown;
  resolvePermissionSetsForContext(context: CheckedContext): Promise<PermissionSet[]>;
}

/** The platform's MCP server, as far as it is told which tools to offer. */
export interface McpServer {
  handleHttpRequest(request: Request, options?: McpOptions): Promise<Response>;
}

export interface McpOptions {
  readonly bridge?: object;
  readonly toolOptions?: { readonly grantedScopes?: readonly string[] };
}

/**
 * Holds every request to the ceiling of its key, in the three places of the kernel where the rights
 * of a request are looked at: the engine, the security service and the MCP server.
 */
export class Narrowing {
  readonly #currentKey: () => AdmittedKey | undefined;
  readonly #ceilings = new WeakMap<AdmittedKey, { readonly ceiling: Ceiling | undefined }>();
  /** The platform remembers what it worked out for a context by its identity, so a context is narrowed once. */
  readonly #narrowed = new WeakMap<CheckedContext, { readonly ceiling: Ceiling; readonly context: CheckedContext }>();

  /** @param currentKey the key of the request that is under way; `undefined` where there is none. */
  constructor(currentKey: () => AdmittedKey | undefined) {
    this.#currentKey = currentKey;
  }

  /** To be called before the security plugin registers its own middleware: they run in the order of registration. */
  ofEngine(engine: MiddlewareEngine): void {
    engine.registerMiddleware(async (operation, next) => {
      if (operation.context === undefined) return next();
      const context = this.#narrow(operation.context);
      operation.context = context;
      await inOrganizationOf(context, next);
    });
  }

  /**
   * Narrows what routes ask the security service by themselves, such as which fields may be read.
   * Every function of it is covered, also one that is added tomorrow.
   */
  ofSecurity(service: SecurityService): void {
    for (const [name, ask] of Object.entries(service)) {
      if (typeof ask !== 'function') continue;
      service[name] = (...given: readonly unknown[]): unknown => {
        const parameters = given.map((parameter) =>
          isCheckedContext(parameter) ? this.#narrow(parameter) : parameter,
        );
        return inOrganizationOf(parameters.find(isCheckedContext) ?? {}, () => ask.apply(service, parameters));
      };
    }
  }

  /** Offers a key the tools that its scopes leave it, as the platform does for the scopes of an access token. */
  ofMcp(server: McpServer, security: SecurityService): void {
    const handle = server.handleHttpRequest.bind(server);
    server.handleHttpRequest = async (request, options) => {
      const grantedScopes = await this.#families(security);
      if (grantedScopes === undefined) return handle(request, options);
      return handle(request, { ...options, toolOptions: { ...options?.toolOptions, grantedScopes } });
    };
  }

  /** The tools that the key of the request that is under way is offered; `undefined` for all of them. */
  async offeredTools(security: SecurityService): Promise<ReadonlySet<string> | undefined> {
    const families = await this.#families(security);
    return families === undefined ? undefined : toolsIn(families);
  }

  async #families(security: SecurityService): Promise<string[] | undefined> {
    const ceiling = this.#ceiling();
    if (ceiling === undefined) return undefined;
    return toolFamilies(ceiling, await security.resolvePermissionSetsForContext(ofNobody(ceiling)));
  }

  #narrow(context: CheckedContext): CheckedContext {
    const ceiling = this.#ceiling();
    if (ceiling === undefined) return context;
    const known = this.#narrowed.get(context);
    if (known?.ceiling === ceiling) return known.context;
    const narrowed = narrow(context, ceiling);
    this.#narrowed.set(context, { ceiling, context: narrowed });
    this.#narrowed.set(narrowed, { ceiling, context: narrowed });
    return narrowed;
  }

  #ceiling(): Ceiling | undefined {
    const key = this.#currentKey();
    if (key === undefined) return undefined;
    let known = this.#ceilings.get(key);
    if (known === undefined) {
      known = { ceiling: ceilingOf(key.scopes) };
      this.#ceilings.set(key, known);
    }
    return known.ceiling;
  }
}

/** A context for asking which sets of a ceiling exist: it has no person, and so no baseline. */
function ofNobody({ permissionSets }: Ceiling): CheckedContext {
  return { isSystem: false, principalKind: 'agent', positions: [], permissions: permissionSets };
}

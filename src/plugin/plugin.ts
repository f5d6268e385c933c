import type { Plugin, PluginContext } from '@objectstack/core';
import type { Hono } from 'hono';
import { ApiKeys } from '../auth/api-key.ts';
import type { ServiceError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { graphqlEndpointAt } from '../graphql/endpoint.ts';
import { clientAddressReader } from '../http/client-address.ts';
import { type DirectHandler, Endpoints } from '../http/endpoints.ts';
import { Load } from '../http/load.ts';
import { NO_TRACING } from '../http/observer.ts';
import { TrustedOrigins } from '../http/origins.ts';
import { Responder } from '../http/responder.ts';
import { webResponse } from '../http/web.ts';
import { guardDeviceApproval } from '../keys/access/device-approval.ts';
import { searchWhatIsOpen } from '../keys/access/keyed-search.ts';
import { narrowKeys } from '../keys/access/narrow-keys.ts';
import { KeyRouteGuard } from '../keys/access/route-guard.ts';
import { keyRoutes } from '../keys/access/routes.ts';
import { ScopedKeyGuard } from '../keys/access/scoped-key-guard.ts';
import { type McpService, type StdioChecks, scopeStdio } from '../keys/admission/mcp-stdio.ts';
import { ledgerObject } from '../keys/ledger/ledger.ts';
import { apiKeyPolicyObject } from '../keys/policy/policy-table.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import { apiKeyDetailObject } from '../keys/record/api-key-detail.ts';
import { apiKeyUsageObject } from '../keys/record/api-key-usage.ts';
import { toEach } from '../observability/events.ts';
import { kernelLog, LogEvents } from '../observability/log-events.ts';
import { assureDurability } from '../platform/durability.ts';
import type { DataEngine, Row } from '../platform/engine.ts';
import { protectFields } from '../platform/protection/protect-fields.ts';
import { serviceLookup } from '../platform/service-lookup.ts';
import { restEndpointAt } from '../rest/endpoint.ts';
import { errorAnswer } from '../rest/envelope.ts';
import { Announcements } from './announcements.ts';
import { assemble } from './assembly.ts';
import { Governance } from './governance.ts';
import { type ApiKeysOptions, type ApiKeysSettings, parseOptions } from './options.ts';

/** The service with which plugins declare their objects. */
interface ManifestService {
  register(manifest: object): void;
}

const NAME = 'com.objectstack.api-keys';
const MANIFEST = {
  id: NAME,
  name: 'API keys',
  version: VERSION,
  type: 'plugin',
  scope: 'system',
  namespace: 'sys',
  objects: [ledgerObject, apiKeyDetailObject, apiKeyUsageObject, apiKeyPolicyObject],
};

/** The kernel's HTTP server, as `HonoServerPlugin` registers it. */
interface HonoHttpServer {
  getRawApp(): Hono;
  /** Only the standalone server has it; see `standalone/http-server.ts`. */
  answerFirst?(handler: DirectHandler): void;
}

/**
 * Adds API keys to an ObjectStack kernel: a GraphQL endpoint at `/api/v1/graphql` and a REST endpoint at
 * `/api/v1/keys`, which replaces the platform's own route. Add it after `HonoServerPlugin`:
 *
 * ```ts
 * await kernel.use(new ApiKeysPlugin());
 * ```
 *
 * The kernel does not start if another plugin handles these paths.
 */
export class ApiKeysPlugin implements Plugin {
  readonly name = NAME;
  readonly version = VERSION;
  readonly type = 'standard';
  readonly description = 'API keys through GraphQL and REST';
  /** Routes are mounted in `init`, before other plugins mount theirs. */
  readonly requiresServices = ['http-server', 'manifest', 'objectql'];
  readonly #settings: ApiKeysSettings;
  #isLive: (key: string) => Promise<boolean> = async () => false;
  #offeredTools: StdioChecks['offeredTools'] = async () => new Set();

  /** @throws TypeError if an option is invalid; the message names every invalid option. */
  constructor(options: ApiKeysOptions = {}) {
    this.#settings = parseOptions(options);
  }

  init(context: PluginContext): void {
    context.getService<ManifestService>('manifest').register(MANIFEST);
    const server = context.getService<HonoHttpServer>('http-server');
    const app = server.getRawApp();
    // Mount the routes now, to be first. Their handlers need services of other plugins and come later.
    const {
      basePath,
      trustedOrigins,
      trustProxy,
      tracing = NO_TRACING,
      limits,
      load,
      databaseTimeoutMs,
    } = this.#settings;
    searchWhatIsOpen(context, basePath);
    protectFields(context);
    const { events: told = new LogEvents(kernelLog(context.logger)) } = this.#settings;
    const announcements = new Announcements(context, this.#settings.keyMessages);
    const events = toEach([told, announcements]);
    const governance = new Governance(context, this.#settings, events);
    const { platform, admission, uses } = governance;
    const routes = keyRoutes(basePath, this.#settings.keyRoutes);
    const refuse = (error: ServiceError): Response => webResponse(errorAnswer(error));
    const guard = new KeyRouteGuard(routes, refuse);
    guard.mount(app);
    const presented = {
      findApiKey: (hash: string) => platform.findApiKey(hash),
      admit: (row: Row) => admission.admit(row),
    };
    const keys = new ApiKeys(platform, admission);
    this.#isLive = async (key) => (await keys.resolve(key)) !== undefined;
    new ScopedKeyGuard(routes, presented, uses, refuse).mount(app);
    const origins = new TrustedOrigins(trustedOrigins);
    const endpoints = new Endpoints(
      [graphqlEndpointAt(basePath), restEndpointAt(basePath)],
      new Responder({
        clientAddress: clientAddressReader(trustProxy),
        origins,
        observer: events,
        tracing,
        load: new Load(load),
        databaseTimeoutMs,
        maxBodyBytes: limits.maxBodyBytes,
      }),
    );
    endpoints.mount(app);
    guardDeviceApproval(context);
    this.#offeredTools = narrowKeys(context, uses);
    server.answerFirst?.((incoming, outgoing) => endpoints.answerDirectly(incoming, outgoing));
    // This runs last before the server listens: every plugin has mounted its routes, and Hono accepts
    // no more routes after its first request. The server's own hook runs after this one.
    context.hook('kernel:listening', async () => {
      await endpoints.prove(app);
      guard.prove(app);
      await this.#assureDurability(context);
      await governance.prove();
      governance.showKeys();
      announcements.open();
      const service = await assemble(context, this.#settings, origins, governance, events);
      context.hook('kernel:shutdown', async () => {
        await service.close();
        await announcements.close();
      });
      endpoints.open(service.handlers);
    });
  }

  start(context: PluginContext): void {
    const mcp = context.getServices().get('mcp') as McpService | undefined;
    // The platform starts this kind of server only with this service.
    const key = process.env['OS_MCP_STDIO_API_KEY'] ?? '';
    if (mcp !== undefined)
      scopeStdio(mcp, `${this.#settings.basePath}/mcp`, {
        isLive: () => this.#isLive(key),
        offeredTools: this.#offeredTools,
      });
  }

  async #assureDurability(context: PluginContext): Promise<void> {
    const engine = await serviceLookup(context)<Pick<DataEngine, 'getDriverForObject'>>('objectql');
    if (!(await assureDurability(engine, API_KEY_OBJECT))) {
      context.logger.warn(
        'ApiKeysPlugin cannot tell whether this database syncs commits to disk. Make sure that it does.',
      );
    }
  }
}

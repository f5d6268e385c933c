// @ts-nocheck
// 
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import { randomUUID } from 'node:crypto';
import { type RequestScope, withinRequest } from '../../http/request-scope.ts';
import { presentKey } from './current-key.ts';

/** A connection of the MCP SDK. */
interface Transport {
  onmessage?: ((...message: unknown[]) => void) | undefined;
  send?(message: object): Promise<void>;
  onerror?: ((error: Error) => void) | undefined;
}

/** The long-lived server of the platform's `mcp` service. Requests over HTTP have a separate server each. */
export interface McpService {
  readonly server: {
    connect(transport: Transport): Promise<void>;
    readonly server: {
      readonly transport?: Transport | undefined;
    };
  };
}

/** Whether the key of the process is active now. @throws ServiceError if this cannot be determined. */
export type IsLive = () => Promise<boolean>;

/** JSON-RPC error codes that a server may define. */
const REFUSED = stryMutAct_9fa48("932") ? +32_001 : (stryCov_9fa48("932"), -32_001);
const UNAVAILABLE = stryMutAct_9fa48("933") ? +32_003 : (stryCov_9fa48("933"), -32_003);

/**
 * Gives each message over stdio a request scope with the key in `OS_MCP_STDIO_API_KEY`, so that everything
 * closed to keys is closed there, too. The platform verifies the key when a tool reads or writes records, but
 * not when a tool lists objects; this verifies it for each request.
 *
 * @param path of the MCP endpoint.
 */
export function scopeStdio({
  server
}: McpService, path: string, isLive: IsLive): void {
  if (stryMutAct_9fa48("934")) {
    {}
  } else {
    stryCov_9fa48("934");
    const connect = server.connect.bind(server);
    server.connect = async transport => {
      if (stryMutAct_9fa48("935")) {
        {}
      } else {
        stryCov_9fa48("935");
        await connect(transport);
        if (stryMutAct_9fa48("936")) {
          ;
        } else {
          stryCov_9fa48("936");
          scopeMessages(transport, path, isLive);
        }
      }
    };
    // The server has already started if its plugin was added before this one.
    const {
      transport
    } = server.server;
    if (stryMutAct_9fa48("939") ? transport === undefined : stryMutAct_9fa48("938") ? false : stryMutAct_9fa48("937") ? true : (stryCov_9fa48("937", "938", "939"), transport !== undefined)) if (stryMutAct_9fa48("940")) {
      ;
    } else {
      stryCov_9fa48("940");
      scopeMessages(transport, path, isLive);
    }
  }
}
function scopeMessages(transport: Transport, path: string, isLive: IsLive): void {
  if (stryMutAct_9fa48("941")) {
    {}
  } else {
    stryCov_9fa48("941");
    const {
      onmessage
    } = transport;
    if (stryMutAct_9fa48("944") ? onmessage !== undefined : stryMutAct_9fa48("943") ? false : stryMutAct_9fa48("942") ? true : (stryCov_9fa48("942", "943", "944"), onmessage === undefined)) return;
    transport.onmessage = (...message) => {
      if (stryMutAct_9fa48("945")) {
        {}
      } else {
        stryCov_9fa48("945");
        const scope: RequestScope = stryMutAct_9fa48("946") ? {} : (stryCov_9fa48("946"), {
          id: randomUUID(),
          address: undefined,
          url: path,
          headers: new Headers()
        });
        const handled = withinRequest(presentKey(scope), async () => {
          if (stryMutAct_9fa48("947")) {
            {}
          } else {
            stryCov_9fa48("947");
            const id = requestIdOf(message[0]);
            const refusal = (stryMutAct_9fa48("950") ? id !== undefined : stryMutAct_9fa48("949") ? false : stryMutAct_9fa48("948") ? true : (stryCov_9fa48("948", "949", "950"), id === undefined)) ? undefined : await refusalBy(isLive);
            if (stryMutAct_9fa48("953") ? refusal !== undefined : stryMutAct_9fa48("952") ? false : stryMutAct_9fa48("951") ? true : (stryCov_9fa48("951", "952", "953"), refusal === undefined)) {
              if (stryMutAct_9fa48("954")) {
                ;
              } else {
                stryCov_9fa48("954");
                onmessage.apply(transport, message);
              }
            } else await (stryMutAct_9fa48("955") ? transport.send({
              jsonrpc: '2.0',
              id,
              error: refusal
            }) : (stryCov_9fa48("955"), transport.send?.(stryMutAct_9fa48("956") ? {} : (stryCov_9fa48("956"), {
              jsonrpc: stryMutAct_9fa48("957") ? "" : (stryCov_9fa48("957"), '2.0'),
              id,
              error: refusal
            }))));
          }
        });
        // Such as a pipe that the agent has closed: it must not end the process.
        handled.catch(stryMutAct_9fa48("959") ? () => undefined : (stryCov_9fa48("959"), error => stryMutAct_9fa48("960") ? transport.onerror(error) : (stryCov_9fa48("960"), transport.onerror?.(error))));
      }
    };
  }
}
async function refusalBy(isLive: IsLive): Promise<{
  code: number;
  message: string;
} | undefined> {
  if (stryMutAct_9fa48("961")) {
    {}
  } else {
    stryCov_9fa48("961");
    try {
      if (stryMutAct_9fa48("962")) {
        {}
      } else {
        stryCov_9fa48("962");
        if (stryMutAct_9fa48("964") ? false : stryMutAct_9fa48("963") ? true : (stryCov_9fa48("963", "964"), await isLive())) return undefined;
        return stryMutAct_9fa48("965") ? {} : (stryCov_9fa48("965"), {
          code: REFUSED,
          message: stryMutAct_9fa48("966") ? "" : (stryCov_9fa48("966"), 'The API key is no longer valid. Set OS_MCP_STDIO_API_KEY to one that is.')
        });
      }
    } catch {
      if (stryMutAct_9fa48("967")) {
        {}
      } else {
        stryCov_9fa48("967");
        return stryMutAct_9fa48("968") ? {} : (stryCov_9fa48("968"), {
          code: UNAVAILABLE,
          message: stryMutAct_9fa48("969") ? "" : (stryCov_9fa48("969"), 'The server cannot check the API key right now. Try again shortly.')
        });
      }
    }
  }
}

/** The id of a request; notifications and responses have none. */
function requestIdOf(message: unknown): unknown {
  if (stryMutAct_9fa48("970")) {
    {}
  } else {
    stryCov_9fa48("970");
    if (stryMutAct_9fa48("973") ? (typeof message !== 'object' || message === null || !('method' in message)) && !('id' in message) : stryMutAct_9fa48("972") ? false : stryMutAct_9fa48("971") ? true : (stryCov_9fa48("971", "972", "973"), (stryMutAct_9fa48("975") ? (typeof message !== 'object' || message === null) && !('method' in message) : stryMutAct_9fa48("974") ? false : (stryCov_9fa48("974", "975"), (stryMutAct_9fa48("977") ? typeof message !== 'object' && message === null : stryMutAct_9fa48("976") ? false : (stryCov_9fa48("976", "977"), (stryMutAct_9fa48("979") ? typeof message === 'object' : stryMutAct_9fa48("978") ? false : (stryCov_9fa48("978", "979"), typeof message !== (stryMutAct_9fa48("980") ? "" : (stryCov_9fa48("980"), 'object')))) || (stryMutAct_9fa48("982") ? message !== null : stryMutAct_9fa48("981") ? false : (stryCov_9fa48("981", "982"), message === null)))) || (stryMutAct_9fa48("983") ? 'method' in message : (stryCov_9fa48("983"), !((stryMutAct_9fa48("984") ? "" : (stryCov_9fa48("984"), 'method')) in message))))) || (stryMutAct_9fa48("985") ? 'id' in message : (stryCov_9fa48("985"), !((stryMutAct_9fa48("986") ? "" : (stryCov_9fa48("986"), 'id')) in message))))) return undefined;
    return message.id;
  }
}
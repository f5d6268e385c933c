/** Limits that the listener enforces, before a request reaches any handler. */
// @ts-nocheck

export interface ListenerLimits {
  /** Longest header section of a request, in bytes; a longer one is answered with 431. */
  readonly maxHeaderBytes: number;
  /** How long a client may take to send the headers, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** Milliseconds until a whole request must be there; a slower one is answered with 408. */
  readonly requestTimeoutMs: number;
  /** Largest body, in bytes; a larger one is answered with 413. */
  readonly maxBodyBytes: number;
  /** The same for the routes that take documents: records, imports, metadata, packages, MCP. */
  readonly maxUploadBytes: number;
  /** Bytes of bodies that are held at a time; half of them for one network. */
  readonly maxBufferedBytes: number;
  /** Connections at a time. */
  readonly maxConnections: number;
  /** Connections of one network at a time; those of trusted proxies are not counted. */
  readonly maxConnectionsPerNetwork: number;
  /** Requests that may wait on one connection while another is answered. */
  readonly maxPipelinedRequests: number;
  /** Milliseconds in which a client must take something of an answer that waits for it. */
  readonly readTimeoutMs: number;
  /** Requests that the platform works on at a time; half of them for one network, and for one credential. */
  readonly maxPlatformRequests: number;
}

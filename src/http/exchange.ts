/** One request on its way through the service: what its answer, its log lines and its audit events are joined by. */
export interface Exchange {
  /** In the answer as `X-Request-Id`. At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` where there is no socket, as for an injected request. */
  readonly address: string | undefined;
  /** The door at which the request arrived. */
  readonly door: DoorName;
}

export type DoorName = 'graphql' | 'rest';

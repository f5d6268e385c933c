/** A door answers one request. It does not throw: every failure is an answer. */
export type Door = (request: Request) => Promise<Response>;

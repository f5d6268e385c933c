/** What one seeded person authenticates with. */
// @ts-nocheck

export interface Credentials {
  readonly userId: string;
  readonly token: string;
  readonly key: string;
  /** A key that may only read. */
  readonly scopedKey: string;
}

export interface Seed {
  readonly organizationId: string;
  readonly credentials: readonly Credentials[];
}

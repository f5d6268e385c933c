/** What one seeded person authenticates with. */
export interface Credentials {
  readonly userId: string;
  readonly token: string;
  readonly key: string;
}

export interface Seed {
  readonly organizationId: string;
  readonly credentials: readonly Credentials[];
}

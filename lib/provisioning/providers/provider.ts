/** What a place for databases can and cannot do; features ask this instead of the provider's name. */
export type ProviderCapabilities = Readonly<{
  transactions: boolean;
  changeStreams: boolean;
  retryWrites: boolean;
  perDatabaseUsers: boolean;
}>;

export type TenantTarget = Readonly<{
  organizationId: string;
  databaseName: string;
  username: string;
  password: string;
  /**
   * `dedicated-user`: a database user of its own, with rights on its one database. `shared-user`: the cell's user, which
   * has rights on each database of the cell; then the server separates cells, and the product separates organizations.
   */
  isolation: 'dedicated-user' | 'shared-user';
}>;

/** A place where organizations' databases live. Every method is idempotent: a killed step is simply run again. */
export type Provider = Readonly<{
  name: 'self-hosted';
  capabilities: ProviderCapabilities;
  /** The connection string of the organization's own database user. */
  connectionString: (target: TenantTarget) => string;
  /** Makes the database exist, marked as this organization's. @throws when it is marked as another's. */
  ensureDatabase: (target: TenantTarget) => Promise<void>;
  /** Makes the user exist with this password and `readWrite` on this database. */
  ensureUser: (target: TenantTarget) => Promise<void>;
  /** @throws unless the server itself refuses this credential in each of the other databases. */
  assertIsolated: (target: TenantTarget, otherDatabases: readonly string[]) => Promise<void>;
  /** Removes users and database. */
  remove: (target: Pick<TenantTarget, 'databaseName'>) => Promise<void>;
}>;

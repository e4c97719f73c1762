import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import mongoose from 'mongoose';
import type { ProviderName } from '../master/vocabulary';
import type { Place } from '../tenancy/placement';

/** What a place for databases can and cannot do; features ask this instead of the provider's name. */
type ProviderCapabilities = Readonly<{
  transactions: boolean;
  changeStreams: boolean;
  collation: boolean;
  retryWrites: boolean;
  /** The server itself keeps one organization's credential out of another's database. */
  perDatabaseUsers: boolean;
  /** We make the database users; false where they are the customer's. */
  managesUsers: boolean;
  pointInTimeRestore: boolean;
  /** Of one cluster; null where the vendor names none. */
  limits: Readonly<{ files: number | null; connections: number | null; storageBytes: number | null }>;
}>;

/** A place as a provider is asked for it: the credential in the clear, and the address once it is known. */
export type TenantTarget = Readonly<
  Pick<Place, 'databaseName' | 'username' | 'isolation'> &
    Partial<Pick<Place, 'cellId'>> & {
      organizationId: string;
      password: string;
      /** Connection string without credential and database; known once `ensureDatabase` has ended. */
      address?: string;
    }
>;

/** A vendor's own copy of a cluster. */
export type Snapshot = { id: string; expiresAt: Date | null };

/**
 * A place where organizations' databases live. Every method is idempotent: a killed step is simply run again.
 */
export type Provider = Readonly<{
  name: ProviderName;
  capabilities: ProviderCapabilities;
  /**
   * Names a cluster of the organization's own; absent where databases share cells, or the server is the
   * customer's.
   */
  clusterOf?: (organizationId: string, generation: number) => string;
  /** The connection string of the organization's own database user. */
  connectionString: (target: TenantTarget) => string;
  /**
   * Makes the place exist, as far as that needs no credential of the organization.
   * @returns its address. @throws NotReadyYet while it is being made; Error when it belongs to somebody else.
   */
  ensureDatabase: (target: TenantTarget) => Promise<{ address: string }>;
  /**
   * Makes the user exist with this password and `readWrite` on this database, which afterwards bears our
   * marker.
   */
  ensureUser: (target: TenantTarget) => Promise<void>;
  /** Takes away a database user that has been replaced; absent where the users are the customer's. */
  dropUser?: (
    target: Pick<TenantTarget, 'organizationId' | 'databaseName' | 'cellId' | 'username'>,
  ) => Promise<void>;
  /**
   * Has the vendor take a snapshot of the cluster, once for each name; null where it takes none on demand.
   * @throws NotReadyYet until it is there.
   */
  ensureSnapshot?: (
    target: Pick<TenantTarget, 'organizationId' | 'cellId'>,
    snapshot: { name: string; retentionDays: number },
  ) => Promise<Snapshot | null>;
  /** @throws unless the server itself refuses this credential in each of the other databases. */
  assertIsolated: (target: TenantTarget, otherDatabases: readonly string[]) => Promise<void>;
  /**
   * Removes users and database, and the cluster where it was the organization's own. On a customer's server
   * only our collections go, with the credential that works there.
   */
  remove: (
    target: Pick<TenantTarget, 'databaseName' | 'cellId' | 'address'> &
      Partial<Pick<TenantTarget, 'organizationId' | 'username' | 'password'>>,
  ) => Promise<void>;
}>;

/** Stands for the address of a cluster that is not there yet; the name never resolves (RFC 2606). */
export const PENDING_ADDRESS = 'mongodb://pending.invalid/';

/** The address in a connection string; absent while its cluster is still to be made. */
export function knownAddressOf(connectionString: string): { address?: string } {
  const isPending = new ConnectionString(connectionString).hosts.includes('pending.invalid');
  return isPending ? {} : { address: addressOf(connectionString) };
}

/**
 * Thrown by the vendors' code while a vendor is at work; `answerOf` makes a value of it for the rest of the
 * house.
 */
export class NotReadyYet extends Error {
  override name = 'NotReadyYet';
  constructor(
    readonly what: string,
    readonly retryAfterMs: number,
  ) {
    super(what);
  }
}

/** Thrown by the vendors' code when a person must change something first; `answerOf` makes a value of it. */
export class NeedsOperator extends Error {
  override name = 'NeedsOperator';
}

/** The organization's credential and database put into the address of a cluster. */
export function withCredential(address: string, target: TenantTarget, authSource: string): string {
  const uri = new ConnectionString(address);
  uri.username = encodeURIComponent(target.username);
  uri.password = encodeURIComponent(target.password);
  uri.pathname = `/${target.databaseName}`;
  uri.searchParams.set('authSource', authSource);
  return uri.toString();
}

/** The address of a cluster out of any connection string to it. */
export function addressOf(connectionString: string): string {
  const uri = new ConnectionString(connectionString);
  uri.username = '';
  uri.password = '';
  uri.pathname = '/';
  uri.searchParams.delete('authSource');
  return uri.toString();
}

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

/** Runs `work` on a connection of its own, closed whatever happens. */
export async function connected<T>(
  uri: string,
  work: (client: Client) => Promise<T>,
  options: mongoose.mongo.MongoClientOptions = {},
): Promise<T> {
  const client = new mongoose.mongo.MongoClient(uri, {
    maxPoolSize: 2,
    serverSelectionTimeoutMS: 4_000,
    appName: 'chakravue/provisioner',
    ...options,
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.close();
  }
}

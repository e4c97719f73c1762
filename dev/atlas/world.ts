import { randomBytes } from 'node:crypto';

/**
 * A project, a cluster and a user as the emulator keeps them; times are of its own clock, in milliseconds.
 */
export type Tag = { key: string; value: string };
export type Project = {
  id: string;
  name: string;
  orgId: string;
  tags: Tag[];
  created: string;
  entries: Map<string, { cidrBlock: string; comment?: string; activeAt: number }>;
  /** A POST to its access list is under way: another one is refused. */
  isListBusy: boolean;
};
export type Cluster = {
  id: string;
  groupId: string;
  name: string;
  family: 'flex' | 'dedicated';
  tags: Tag[];
  request: Record<string, unknown>;
  readyAt: number;
  deletedAt: number | null;
  isProtected: boolean;
  /** Polls until a change of users has reached it. */
  pendingPolls: number;
  createDate: string;
  snapshots: Snapshot[];
};
export type Snapshot = {
  id: string;
  description: string;
  createdAt: number;
  readyAt: number;
  retentionInDays: number;
};
export type DatabaseUser = {
  groupId: string;
  username: string;
  databaseName: string;
  roles: { roleName: string; databaseName: string }[];
  scopes: { name: string; type: string }[];
  labels: Tag[];
};

/** What happens to the next calls of an operation: an answer we set, or none after the work is done. */
export type Fault = { operation: string; times: number } & (
  | { status: number; code: string; retryAfter?: number }
  | { lostReply: true }
);

export class World {
  now = Date.parse('2026-11-23T09:00:00Z');
  readonly projects = new Map<string, Project>();
  readonly clusters = new Map<string, Cluster>();
  readonly users = new Map<string, DatabaseUser>();
  /** Names given up lately: Atlas does not give them out again at once. */
  readonly resting = new Map<string, number>();
  readonly tokens = new Map<string, number>();
  readonly faults: Fault[] = [];
  /** Every call that was made: `POST createGroup`. */
  readonly calls: string[] = [];
  tokenRequests: number[] = [];

  readonly id = (): string => randomBytes(12).toString('hex');
  readonly at = (): string => new Date(this.now).toISOString().replace('.000Z', 'Z');

  takeFault(operation: string): Fault | null {
    const fault = this.faults.find((one) => one.operation === operation && one.times > 0);
    if (!fault) return null;
    fault.times--;
    return fault;
  }

  clustersOf(groupId: string): Cluster[] {
    return [...this.clusters.values()].filter((cluster) => cluster.groupId === groupId);
  }

  /** Clusters whose deletion has ended are gone, and their names rest. */
  settle(): void {
    for (const [key, cluster] of this.clusters) {
      if (cluster.deletedAt === null || cluster.deletedAt > this.now) continue;
      this.clusters.delete(key);
      this.resting.set(key, this.now + 180_000);
    }
  }
}

export class AtlasFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extra: Record<string, unknown> = {},
    readonly retryAfter?: number,
  ) {
    super(detail);
  }
}

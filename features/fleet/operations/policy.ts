import type { OperationKind, OrganizationState, ProviderName } from '@/lib/master/vocabulary';

export const PROVIDER_LABEL: Record<ProviderName, string> = {
  'self-hosted': 'our own servers',
  atlas: 'MongoDB Atlas',
  'aws-documentdb': 'Amazon DocumentDB',
  'azure-documentdb': 'Azure DocumentDB',
  external: 'their own server',
};

/** Whose database is backed up each night; one that leaves has its export, and a new one has nothing yet. */
export const BACKED_UP_STATES = [
  'active',
  'past_due',
  'read_only',
  'suspended',
  'canceled',
] as const satisfies OrganizationState[];

/** The steps of each kind, in order; `requested` comes before the first. */
export const OPERATION_STEPS = {
  backup: ['written', 'listed', 'snapshot'],
  restore: ['prepared', 'read_only', 'filled', 'closed', 'verified', 'switched', 'opened'],
  reset: ['prepared', 'read_only', 'filled', 'closed', 'verified', 'switched', 'opened'],
  move: ['prepared', 'read_only', 'filled', 'closed', 'verified', 'switched', 'opened'],
  undo: ['prepared', 'read_only', 'filled', 'closed', 'verified', 'switched', 'opened'],
  rotate: ['prepared', 'switched', 'drained', 'dropped'],
  export: ['written', 'offered'],
  offboard: [
    'export_offered',
    'read_only',
    'renewal_stopped',
    'retained',
    'key_destroyed',
    'database_dropped',
    'subscription_canceled',
    'reported',
  ],
} as const satisfies Record<OperationKind, readonly string[]>;

export const OPERATION_LABEL: Record<OperationKind, string> = {
  backup: 'Backup',
  restore: 'Restore',
  reset: 'Reset to the template',
  move: 'Move',
  undo: 'Undo',
  rotate: 'New database credential',
  export: 'Export',
  offboard: 'Closing of the account',
};

export const OPERATION_STEP_LABEL: Record<string, string> = {
  requested: 'Requested',
  written: 'Written',
  listed: 'Listed',
  snapshot: 'Snapshot by the vendor, where there is one',
  prepared: 'Database and user ready',
  read_only: 'Read-only',
  filled: 'Filled',
  closed: 'Closed for the switch',
  verified: 'Compared by counts and hashes',
  switched: 'Switched',
  opened: 'Open again',
  drained: 'Old connections drained',
  dropped: 'Old credential dropped',
  offered: 'Offered for download',
  export_offered: 'Export offered',
  renewal_stopped: 'Renewal stopped',
  retained: 'Retention over',
  key_destroyed: 'Keys destroyed',
  database_dropped: 'Database and users dropped',
  subscription_canceled: 'Subscription canceled',
  reported: 'Deletion reported',
};

type State = { kind: OperationKind; step: string; outcome: 'running' | 'done' | 'failed' | 'undone' };

const isBefore = (kind: OperationKind, step: string, limit: string): boolean => {
  const steps: readonly string[] = OPERATION_STEPS[kind];
  return steps.indexOf(step) < steps.indexOf(limit);
};

/** Kinds that make another database the organization's. */
export const isTransfer = (kind: OperationKind): boolean =>
  kind === 'restore' || kind === 'reset' || kind === 'move' || kind === 'undo';

/** A switch can be given up until it has happened; afterwards it is undone by another switch. */
export const canGiveUp = ({ kind, step, outcome }: State): boolean =>
  isTransfer(kind) && outcome === 'running' && isBefore(kind, step, 'switched');

/** Where a closing cannot be taken back any more: its retention is over, and its keys go. */
export const STEPS_OF_NO_RETURN: readonly string[] = OPERATION_STEPS.offboard.slice(
  OPERATION_STEPS.offboard.indexOf('retained'),
);

export const canKeepAccount = ({ kind, step, outcome }: State): boolean =>
  kind === 'offboard' && outcome === 'running' && !STEPS_OF_NO_RETURN.includes(step);

export const canUndo = (operation: State & { keptUntil: Date | null }, now: Date): boolean =>
  isTransfer(operation.kind) &&
  operation.kind !== 'undo' &&
  operation.outcome === 'done' &&
  operation.keptUntil !== null &&
  operation.keptUntil > now;

/** States with a database that people work in or may come back to. */
const WITH_DATABASE: readonly OrganizationState[] = [
  'active',
  'past_due',
  'read_only',
  'suspended',
  'canceled',
  'offboarding',
];
export const hasDatabase = (state: OrganizationState): boolean => WITH_DATABASE.includes(state);

const CLOSABLE: readonly OrganizationState[] = ['active', 'past_due', 'read_only', 'suspended', 'canceled'];
export const canClose = (state: OrganizationState): boolean => CLOSABLE.includes(state);

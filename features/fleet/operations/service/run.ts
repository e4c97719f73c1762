import 'server-only';
import type { OperationKind } from '@/lib/master/vocabulary';
import type { OnBoundary } from '@/lib/work/boundary';
import { backup } from '../kinds/backup';
import { exportKind } from '../kinds/export';
import { offboard } from '../kinds/offboard';
import { rotate } from '../kinds/rotate';
import { transfer } from '../kinds/transfer';
import { type Kind, runSteps } from '../run';

export const KINDS: Record<OperationKind, Kind> = {
  backup,
  restore: transfer,
  reset: transfer,
  move: transfer,
  undo: transfer,
  rotate,
  export: exportKind,
  offboard,
};

/** Takes an operation on from where it is; the job and the operator's command alike. */
export const runOperation = (id: string, fence: string, onBoundary?: OnBoundary): Promise<void> =>
  runSteps(KINDS, id, fence, onBoundary);

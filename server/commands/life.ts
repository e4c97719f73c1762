import 'server-only';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { demoInput } from '@/features/fleet/demos/schema';
import { makeDemo } from '@/features/fleet/demos/service';
import { OPERATION_LABEL, OPERATION_STEP_LABEL } from '@/features/fleet/operations/policy';
import { getOperation, listBackups, listOperations } from '@/features/fleet/operations/queries';
import { backUp } from '@/features/fleet/operations/service/back-up';
import type { By } from '@/features/fleet/operations/service/begin';
import { closeAccount } from '@/features/fleet/operations/service/close';
import { confirmTransfer } from '@/features/fleet/operations/service/confirm';
import { exportOrganization } from '@/features/fleet/operations/service/export';
import { giveUpOperation } from '@/features/fleet/operations/service/give-up';
import { keepAccount } from '@/features/fleet/operations/service/keep';
import { moveOrganization } from '@/features/fleet/operations/service/move';
import { pruneBackups } from '@/features/fleet/operations/service/prune';
import { resetToTemplate } from '@/features/fleet/operations/service/reset';
import { restoreBackup } from '@/features/fleet/operations/service/restore';
import { rotateCredential } from '@/features/fleet/operations/service/rotate';
import { setSuspension } from '@/features/fleet/operations/service/suspend';
import { testRestore } from '@/features/fleet/operations/service/test-restore';
import { undoTransfer } from '@/features/fleet/operations/service/undo';
import { readExport } from '@/features/fleet/operations/service/write-export';
import { runOperation } from '@/features/fleet/operations/work';
import { AppError } from '@/lib/errors';
import { tableOf } from './migrate';

type Args = readonly string[];
type Verb = { use: string; run: (args: Args) => Promise<number> };

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const BY: By = { kind: 'system', id: 'operator', name: 'Operator' };
const HERE = { isQueued: false };
const WAIT_MS = 10 * 60_000;

function need(value: string | undefined, what: string): string {
  if (!value) throw new AppError('INVALID_INPUT', `Give the ${what}.`);
  return value;
}
const organizationOf = (args: Args): string => need(args[0], 'id of the organization');

/** Runs it in this process and says each step. Killed, it is taken on by the worker or by `resume`. */
async function follow(operationId: string): Promise<number> {
  print(`Operation ${operationId}`);
  const goOn = async () => {
    await runOperation(operationId, randomUUID(), ({ step, at }) => {
      if (at === 'recorded') print(`  ${OPERATION_STEP_LABEL[step] ?? step}`);
    });
    return getOperation(operationId);
  };
  let row = await goOn();
  // A vendor at work is waited for here; what comes back in days is the worker's.
  while (row.outcome === 'running' && row.wakeAt && row.wakeAt.getTime() - Date.now() < WAIT_MS) {
    print(`  ${row.progress?.label ?? 'Waiting'}`);
    await delay(Math.max(0, row.wakeAt.getTime() - Date.now()));
    row = await goOn();
  }
  const { kind, outcome, wakeAt, lastError } = row;
  if (outcome === 'running' && wakeAt) print(`${OPERATION_LABEL[kind]} goes on at ${wakeAt.toISOString()}.`);
  else print(`${OPERATION_LABEL[kind]}: ${outcome}${lastError ? `, ${lastError}` : ''}`);
  return outcome === 'failed' ? 1 : 0;
}

async function showBackups(args: Args): Promise<number> {
  const rows = await listBackups(organizationOf(args));
  print(
    tableOf(
      ['backup', 'taken', 'collections', 'documents', 'bytes', 'restored on trial'],
      rows.map((row) => [
        row.id,
        row.takenAt,
        String(row.collections),
        String(row.documents),
        String(row.sizeBytes),
        row.testError ?? row.testedAt ?? 'never',
      ]),
    ),
  );
  return 0;
}

async function showOperations(args: Args): Promise<number> {
  const rows = await listOperations(organizationOf(args));
  print(
    tableOf(
      ['operation', 'kind', 'outcome', 'step', 'asked for', 'kept until', 'error'],
      rows.map((row) => [
        row.id,
        row.kind,
        row.outcome,
        `${row.stepLabel} (${row.stepsDone} of ${row.steps})`,
        row.createdAt,
        row.keptUntil ?? '',
        row.lastError ?? '',
      ]),
    ),
  );
  return 0;
}

async function fetchExport(args: Args): Promise<number> {
  const operationId = need(args[0], 'id of the export');
  const file = need(args[1], 'file to write');
  const { organizationId } = await getOperation(operationId);
  await pipeline(
    Readable.from(readExport(organizationId.toString(), operationId)),
    createWriteStream(file, { mode: 0o600 }),
  );
  print(`Written to ${file}. It is not encrypted.`);
  return 0;
}

async function tryRestore(args: Args): Promise<number> {
  const fault = await testRestore(organizationOf(args), need(args[1], 'id of the backup'));
  print(fault ?? 'The backup came back whole.');
  return fault ? 1 : 0;
}

async function makeOrganization(
  purpose: string,
  templateId: string,
  organizationName?: string,
  ownerEmail?: string,
) {
  const given = demoInput.safeParse({
    purpose,
    templateId,
    organizationName: need(organizationName, 'name'),
    ownerEmail: need(ownerEmail, 'e-mail address of its owner'),
    ownerName: ownerEmail?.split('@')[0] ?? '',
  });
  if (!given.success)
    throw new AppError('INVALID_INPUT', given.error.issues[0]?.message ?? 'That will not do.');
  print(`${await makeDemo(null, given.data)} is being made by the worker.`);
  return 0;
}

/** The operator's verbs of an organization's life. */
export const LIFE_VERBS: Record<string, Verb> = {
  operations: { use: '<organization>  what was done and what is under way', run: showOperations },
  backup: {
    use: '<organization>',
    run: async (args) => follow(await backUp(BY, organizationOf(args), HERE)),
  },
  backups: { use: '<organization>  its backups', run: showBackups },
  'prune-backups': {
    use: 'removes what is older than BACKUP_KEEP_DAYS',
    run: async () => {
      print(`${await pruneBackups()} backups removed.`);
      return 0;
    },
  },
  'test-restore': { use: '<organization> <backup>  into a database that is dropped again', run: tryRestore },
  restore: {
    use: '<organization> <backup>',
    run: async (args) =>
      follow(await restoreBackup(BY, organizationOf(args), need(args[1], 'id of the backup'), HERE)),
  },
  move: {
    use: '<organization> <cell, or a vendor for a cluster of its own>',
    run: async (args) =>
      follow(await moveOrganization(BY, organizationOf(args), need(args[1], 'cell or vendor'), HERE)),
  },
  template: {
    use: '<name> <owner e-mail>  an empty organization that others may be copied from',
    run: ([name, email]) => makeOrganization('template', '', name, email),
  },
  demo: {
    use: '<template> <name> <owner e-mail>  a copy to show',
    run: ([template, name, email]) =>
      makeOrganization('demo', need(template, 'id of the template'), name, email),
  },
  sandbox: {
    use: '<template> <name> <owner e-mail>  a copy to practise in',
    run: ([template, name, email]) =>
      makeOrganization('sandbox', need(template, 'id of the template'), name, email),
  },
  reset: {
    use: '<demo or sandbox>  fills it from its template again',
    run: async (args) => follow(await resetToTemplate(BY, organizationOf(args), HERE)),
  },
  undo: {
    use: '<operation>  takes a restore, a reset or a move back',
    run: async (args) => follow(await undoTransfer(BY, need(args[0], 'id of the operation'), HERE)),
  },
  confirm: {
    use: '<operation>  drops the database that a restore or a move left behind',
    run: async (args) => {
      await confirmTransfer(BY, need(args[0], 'id of the operation'));
      print('The old database is dropped.');
      return 0;
    },
  },
  'give-up': {
    use: '<operation>  ends a restore or a move before its switch',
    run: async (args) => {
      await giveUpOperation(BY, need(args[0], 'id of the operation'));
      print('The organization goes on where it was.');
      return 0;
    },
  },
  resume: {
    use: '<operation>  takes it on from where it stopped',
    run: (args) => follow(need(args[0], 'id of the operation')),
  },
  rotate: {
    use: '<organization>  gives it another database credential',
    run: async (args) => follow(await rotateCredential(BY, organizationOf(args), HERE)),
  },
  export: {
    use: '<organization>',
    run: async (args) => follow(await exportOrganization(BY, organizationOf(args), HERE)),
  },
  'fetch-export': { use: '<export> <file>', run: fetchExport },
  suspend: {
    use: '<organization> <reason>',
    run: async (args) => {
      await setSuspension(BY, organizationOf(args), need(args.slice(1).join(' '), 'reason'));
      print('Suspended.');
      return 0;
    },
  },
  'end-suspension': {
    use: '<organization>',
    run: async (args) => {
      await setSuspension(BY, organizationOf(args), null);
      print('Open again.');
      return 0;
    },
  },
  offboard: {
    use: '<organization>  closes the account',
    run: async (args) => follow(await closeAccount(BY, organizationOf(args), HERE)),
  },
  'keep-account': {
    use: '<organization>  takes the closing back',
    run: async (args) => {
      await keepAccount(BY, organizationOf(args));
      print('The account stays.');
      return 0;
    },
  },
};

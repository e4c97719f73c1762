'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { platformAction } from '@/lib/actions/platform';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  closeAccountInput,
  moveInput,
  operationInput,
  organizationInput,
  ownDatabaseInput,
  restoreInput,
  suspendInput,
} from './schema';
import { backUp } from './service/back-up';
import { byPlatform } from './service/begin';
import { closeOwnAccount } from './service/close';
import { confirmTransfer } from './service/confirm';
import { moveToOwnDatabase } from './service/connect';
import { exportOwn } from './service/export';
import { giveUpOperation } from './service/give-up';
import { keepOwnAccount } from './service/keep';
import { moveOrganization } from './service/move';
import { restoreBackup } from './service/restore';
import { rotateCredential } from './service/rotate';
import { setSuspension } from './service/suspend';
import { undoTransfer } from './service/undo';

const organizationId = (input: { organizationId: string }): string => input.organizationId;
const shown = (input: { organizationId: string }): void =>
  revalidatePath(paths.platformOrganization(input.organizationId));

export const backUpAction = platformAction({
  permission: 'databases:write',
  input: organizationInput,
  audit: 'organization.ask-backup',
  organizationId,
  run: async (ctx, input) => {
    await backUp(byPlatform(ctx), input.organizationId);
    shown(input);
  },
  message: 'The backup is being taken.',
});

export const restoreBackupAction = platformAction({
  permission: 'databases:write',
  input: restoreInput,
  audit: 'organization.ask-restore',
  target: ({ backupId }) => `backup:${backupId}`,
  organizationId,
  run: async (ctx, input) => {
    await restoreBackup(byPlatform(ctx), input.organizationId, input.backupId);
    shown(input);
  },
  message: 'The restore has begun.',
});

export const moveOrganizationAction = platformAction({
  permission: 'databases:write',
  input: moveInput,
  audit: 'organization.ask-move',
  target: ({ destination }) => `cell:${destination}`,
  organizationId,
  run: async (ctx, input) => {
    await moveOrganization(byPlatform(ctx), input.organizationId, input.destination);
    shown(input);
  },
  message: 'The move has begun.',
});

export const rotateCredentialAction = platformAction({
  permission: 'databases:write',
  input: organizationInput,
  audit: 'organization.ask-rotate',
  organizationId,
  run: async (ctx, input) => {
    await rotateCredential(byPlatform(ctx), input.organizationId);
    shown(input);
  },
  message: 'The credential is being replaced.',
});

export const undoTransferAction = platformAction({
  permission: 'databases:write',
  input: operationInput,
  audit: 'organization.ask-undo',
  target: ({ operationId }) => `operation:${operationId}`,
  organizationId,
  run: async (ctx, input) => {
    await undoTransfer(byPlatform(ctx), input.operationId);
    shown(input);
  },
  message: 'It is being taken back.',
});

export const confirmTransferAction = platformAction({
  permission: 'databases:write',
  input: operationInput,
  audit: 'organization.ask-confirm',
  entryAfter: 'A database is dropped at its server; no transaction reaches there.',
  target: ({ operationId }) => `operation:${operationId}`,
  organizationId,
  run: async (ctx, input) => {
    await confirmTransfer(byPlatform(ctx), input.operationId);
    shown(input);
  },
  message: 'The old database is dropped.',
});

export const giveUpOperationAction = platformAction({
  permission: 'databases:write',
  input: operationInput,
  audit: 'organization.ask-give-up',
  target: ({ operationId }) => `operation:${operationId}`,
  organizationId,
  run: async (ctx, input) => {
    await giveUpOperation(byPlatform(ctx), input.operationId);
    shown(input);
  },
  message: 'The organization goes on where it was.',
});

export const suspendOrganizationAction = platformAction({
  permission: 'organizations:suspend',
  input: suspendInput,
  audit: 'organization.ask-suspend',
  organizationId,
  run: async (ctx, input) => {
    await setSuspension(byPlatform(ctx), input.organizationId, input.reason);
    shown(input);
  },
  message: 'Nobody of this organization gets in now.',
});

export const endSuspensionAction = platformAction({
  permission: 'organizations:suspend',
  input: organizationInput,
  audit: 'organization.ask-resume',
  organizationId,
  run: async (ctx, input) => {
    await setSuspension(byPlatform(ctx), input.organizationId, null);
    shown(input);
  },
  message: 'The organization is open again.',
});

export const exportOrganizationAction = staffAction({
  permission: 'organization:export',
  input: z.object({}),
  again: true,
  audit: 'organization.export',
  tellOwners: (_input, by) => ({
    subject: 'An export of everything was asked for',
    paragraphs: [`${by} asked for an export of everything that your organization has at Chakravue.`],
  }),
  run: async (ctx) => {
    await exportOwn(ctx);
    revalidatePath(paths.closeAccount);
  },
  message: 'The export is being made. You get a mail when it is ready.',
});

export const connectOwnDatabaseAction = staffAction({
  permission: 'database:write',
  input: ownDatabaseInput,
  again: true,
  audit: 'organization.database',
  tellOwners: (_input, by) => ({
    subject: 'The server of your records was changed',
    paragraphs: [`${by} gave another server, or another way into it, for the records of your organization.`],
  }),
  run: async (ctx, { connectionSecret }) => {
    await moveToOwnDatabase(ctx, connectionSecret);
    revalidatePath(paths.database);
  },
  message: 'Your server has been checked and taken.',
});

export const closeAccountAction = staffAction({
  permission: 'organization:close',
  input: closeAccountInput,
  again: true,
  audit: 'organization.close',
  run: async (ctx, { confirmation }) => {
    await closeOwnAccount(ctx, confirmation);
    revalidatePath('/', 'layout');
  },
  message: 'Your account is being closed. Until then everything can be read.',
});

export const keepAccountAction = staffAction({
  permission: 'organization:close',
  input: z.object({}),
  audit: 'organization.keep',
  run: async (ctx) => {
    await keepOwnAccount(ctx);
    revalidatePath('/', 'layout');
  },
  message: 'Your account stays.',
});

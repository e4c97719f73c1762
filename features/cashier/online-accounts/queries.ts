import 'server-only';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { type OnlineAccount, type OnlineAccountRow, toOnlineAccount } from './dto';
import { onlineAccountModel } from './model';
import { NO_ACCOUNT } from './policy';
import { type PaymentProvider, paymentProvider } from './provider';
import { openSecret } from './secrets';

type Of = { organizationId: string };

/** The hospital's account for online payments; null without one. */
export async function findOnlineAccount({ organizationId }: Of): Promise<OnlineAccount | null> {
  const row = await onlineAccountModel.findById(objectId(organizationId)).lean();
  return row && toOnlineAccount(row);
}

/** An account as it is stored, with its provider. */
export type OpenAccount = { row: OnlineAccountRow; provider: PaymentProvider };

export async function openOnlineAccount({ organizationId }: Of): Promise<OpenAccount | null> {
  const row = await onlineAccountModel.findById(objectId(organizationId)).lean();
  if (!row) return null;
  return { row, provider: paymentProvider(row.provider, openSecret(row, 'secretKey')) };
}

/** @throws AppError CONFLICT without an account. */
export async function requireOnlineAccount(of: Of): Promise<OpenAccount> {
  const found = await openOnlineAccount(of);
  if (found) return found;
  throw new AppError('CONFLICT', NO_ACCOUNT);
}

/** Whose account events at this address are of, and what signs them; null for any other. */
export async function findAccountAt(address: string) {
  const row = await onlineAccountModel.findOne({ address }).lean();
  if (!row?.eventSecret) return null;
  const provider = paymentProvider(row.provider, openSecret(row, 'secretKey'));
  return { organizationId: row._id.toString(), provider, secret: openSecret(row, 'eventSecret') };
}

/** The organizations that take payments online. */
export async function listOrganizationsOnline(): Promise<string[]> {
  const rows = await onlineAccountModel.find({}).select('_id').lean();
  return rows.map(({ _id }) => _id.toString());
}

import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { getBillSettings } from '../bill-settings/queries';
import { type OnlineAccount, toOnlineAccount } from './dto';
import { onlineAccountModel } from './model';
import { isLiveKey, mayBeReceived } from './policy';
import { paymentProvider } from './provider';
import { type OpenAccount, openOnlineAccount } from './queries';
import type { SaveOnlineAccountInput } from './schema';
import { sealSecret } from './secrets';

const AUDITED = ['provider', 'accountId', 'accountName', 'keyEnding', 'isLive'] as const;

/**
 * Keeps a key once the provider has said whose account it opens, and has payments told to us. Another key of
 * the same account takes the place of the one before.
 * @throws AppError INVALID_INPUT for a key that opens nothing; CONFLICT while another account is set up;
 * UNAVAILABLE.
 */
export async function saveOnlineAccount(
  ctx: TenantContext,
  { secretKey, eventSecret }: SaveOnlineAccountInput,
  now = new Date(),
): Promise<OnlineAccount> {
  const { organizationId } = ctx;
  const _id = objectId(organizationId);
  if (!mayBeReceived(secretKey, env().STRIPE_SECRET_KEY))
    throw new AppError(
      'INVALID_INPUT',
      'This is a key of test mode: no money moves, and receipts would be written all the same. Enter the live key.',
      { field: 'secretKey' },
    );
  const provider = paymentProvider('stripe', secretKey);
  const [told, before, settings] = await Promise.all([
    provider.describe(),
    openOnlineAccount(ctx),
    getBillSettings(ctx),
  ]);
  const isLive = isLiveKey(secretKey);
  // A restricted key may not say whose it is: then it may be of another one.
  if (before && (!told.accountId || before.row.accountId !== told.accountId))
    throw new AppError(
      'CONFLICT',
      'This key is of another account, or does not say of which. Take off the account that is set up now first: its links are ended with it.',
      { field: 'secretKey' },
    );
  if (before && before.row.isLive !== isLive)
    throw new AppError(
      'CONFLICT',
      'This key is of the other mode, test or live. Take off the account that is set up now first.',
      { field: 'secretKey' },
    );
  const address = before?.row.address ?? randomToken();
  const listening = await listenAt(provider, address, eventSecret);
  const row = {
    provider: 'stripe' as const,
    secretKey: sealSecret(organizationId, 'secretKey', secretKey),
    keyEnding: secretKey.slice(-4),
    isLive,
    ...(told.accountId ? { accountId: told.accountId } : {}),
    ...(told.name ? { accountName: told.name.slice(0, 120) } : {}),
    currency: told.currency ?? settings.currency.code,
    address,
    ...(listening.secret ? { eventSecret: sealSecret(organizationId, 'eventSecret', listening.secret) } : {}),
    ...(listening.endpointId ? { endpointId: listening.endpointId } : {}),
    checkedAt: now,
  };
  try {
    await auditedMasterWrite(ctx, async (session) => {
      await onlineAccountModel.replaceOne({ _id }, { _id, ...row }, { upsert: true, session });
      noteChange<Record<string, unknown>>(ctx, before?.row ?? null, row, AUDITED);
    });
  } catch (error) {
    // Nobody would ever take the endpoint away again.
    if (listening.isNew && listening.endpointId) await forgetEndpoint({ provider, row: listening });
    throw error;
  }
  const old = before?.row.endpointId;
  if (before && old && old !== listening.endpointId) await forgetEndpoint(before);
  return toOnlineAccount(await onlineAccountModel.findById(_id).orFail().lean());
}

type Listening = { secret?: string; endpointId?: string; isNew?: boolean };

async function listenAt(
  provider: ReturnType<typeof paymentProvider>,
  address: string,
  typed: string | undefined,
): Promise<Listening> {
  if (typed) return { secret: typed };
  const made = await provider.listen(`${env().NEXTAUTH_URL}${paths.paymentEvents(address)}`);
  return made ? { ...made, isNew: true } : {};
}

/** Takes an endpoint away. Never throws: without its row nothing that comes in there counts. */
export async function forgetEndpoint({
  provider,
  row: { endpointId },
}: {
  provider: OpenAccount['provider'];
  row: { endpointId?: string | null | undefined };
}): Promise<void> {
  if (!endpointId) return;
  try {
    await provider.unlisten(endpointId);
  } catch (error) {
    logger.warn({ err: error }, 'an endpoint for payments could not be taken away at the provider');
  }
}

/** When a hospital is deleted: its key with it. */
export async function forgetOnlineAccount(organizationId: string): Promise<void> {
  await onlineAccountModel.deleteOne({ _id: objectId(organizationId) });
}

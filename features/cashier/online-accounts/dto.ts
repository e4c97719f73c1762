import 'server-only';
import type { InferSchemaType } from 'mongoose';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';
import type { onlineAccountModel } from './model';
import { PROVIDERS } from './policy';

export type OnlineAccountRow = InferSchemaType<(typeof onlineAccountModel)['schema']>;

/** All of an account but its secrets. */
export const toOnlineAccount = (row: OnlineAccountRow) => ({
  provider: row.provider,
  providerName: PROVIDERS[row.provider],
  accountId: row.accountId ?? null,
  accountName: row.accountName ?? null,
  currency: row.currency ?? null,
  keyEnding: row.keyEnding,
  isLive: row.isLive,
  /** Whether we are told of payments, or ask for them. */
  isTold: Boolean(row.eventSecret),
  /** For an endpoint that people make themselves. */
  eventsUrl: `${env().NEXTAUTH_URL}${paths.paymentEvents(row.address)}`,
  checkedAt: row.checkedAt.toISOString(),
});
export type OnlineAccount = ReturnType<typeof toOnlineAccount>;

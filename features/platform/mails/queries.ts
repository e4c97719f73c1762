import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { DeliveryState } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { isUndelivered, type MailEntry, UNDELIVERED } from './policy';
import type { MailListQuery } from './schema';

const PAGE_SIZE = 50;
const SHOWN = 10;
/** Of a customer: nobody has more people. */
const MOST_PEOPLE = 500;

type MailRow = {
  _id: { toString(): string };
  kind: string;
  to: string;
  state: DeliveryState;
  problem?: string | null;
  queuedAt: Date;
  organizationId?: { toString(): string } | null;
};

const toMailEntry = (row: MailRow, organization: MailEntry['organization']): MailEntry => ({
  id: row._id.toString(),
  kind: row.kind,
  to: row.to,
  state: row.state,
  problem: row.problem ?? null,
  queuedAt: row.queuedAt.toISOString(),
  organization,
});

/** The find behind the list; apart, so that a test can ask how it is answered. */
export function findMails(query: MailListQuery) {
  const page = keyset(
    { field: 'queuedAt', kind: 'date', idKind: 'object-id', direction: -1 },
    query,
    PAGE_SIZE,
  );
  const filter = {
    ...(query.q ? { toKey: query.q } : {}),
    ...(query.state ? { state: query.state } : {}),
    ...(query.organization ? { organizationId: objectId(query.organization) } : {}),
    ...page.filter,
  };
  return { page, find: mailLogModel.find(filter).sort(page.sort).limit(page.limit) };
}

/** Mails and what became of them, newest first, 50 a page. */
export async function listMails(_ctx: PlatformContext, query: MailListQuery) {
  const { page, find } = findMails(query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.queuedAt.toISOString(),
    row._id.toString(),
  ]);
  const names = await organizationNames(rows.map(({ organizationId }) => organizationId?.toString()));
  return {
    mails: rows.map((row) => toMailEntry(row, names.get(row.organizationId?.toString() ?? '') ?? null)),
    before,
    after,
  };
}

/** The last mails of a customer, and which of its people's addresses send mail back now. */
export async function getCustomerMails(_ctx: PlatformContext, organizationId: string) {
  const id = objectId(organizationId, 'organization');
  const [rows, addresses] = await Promise.all([
    mailLogModel.find({ organizationId: id }).sort({ queuedAt: -1, _id: -1 }).limit(SHOWN).lean(),
    addressesOf(organizationId),
  ]);
  return { mails: rows.map((row) => toMailEntry(row, null)), bouncing: await listBouncing(addresses) };
}
export type CustomerMails = Awaited<ReturnType<typeof getCustomerMails>>;

async function addressesOf(organizationId: string): Promise<string[]> {
  const id = objectId(organizationId, 'organization');
  const [organization, memberships] = await Promise.all([
    organizationModel.findById(id).select('email').lean(),
    membershipModel.find({ organizationId: id, status: 'active' }).select('userId').limit(MOST_PEOPLE).lean(),
  ]);
  const users = await userModel
    .find({ _id: op({ $in: memberships.map(({ userId }) => userId) }) })
    .select('email')
    .lean();
  return [...new Set([organization?.email ?? '', ...users.map(({ email }) => email)])].filter(Boolean);
}

/** The find behind the addresses that send mail back; apart, so that a test can ask how it is answered. */
export const findUndelivered = (addresses: readonly string[]) =>
  mailLogModel
    .find({
      state: op({ $in: UNDELIVERED }),
      toKey: op({ $in: addresses.map((address) => address.toLowerCase()) }),
    })
    .select('toKey state');

/**
 * Addresses whose last mail came back or was not taken; a mail that is delivered later ends it. Most have
 * none that did, so that what is read is little however many people there are.
 */
export async function listBouncing(
  addresses: readonly string[],
): Promise<{ address: string; problem: string | null; at: string }[]> {
  const suspects = [...new Set((await findUndelivered(addresses).lean()).map(({ toKey }) => toKey))];
  if (suspects.length === 0) return [];
  const last = await mailLogModel.aggregate<{
    to: string;
    state: DeliveryState;
    problem?: string | null;
    queuedAt: Date;
  }>([
    { $match: { toKey: { $in: suspects }, state: { $ne: 'queued' } } },
    { $sort: { toKey: 1, queuedAt: -1, _id: -1 } },
    {
      $group: {
        _id: '$toKey',
        to: { $first: '$to' },
        state: { $first: '$state' },
        problem: { $first: '$problem' },
        queuedAt: { $first: '$queuedAt' },
      },
    },
    { $sort: { _id: 1 } },
  ]);
  return last
    .filter(({ state }) => isUndelivered(state))
    .map(({ to, problem, queuedAt }) => ({
      address: to,
      problem: problem ?? null,
      at: queuedAt.toISOString(),
    }));
}

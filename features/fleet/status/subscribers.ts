import 'server-only';
import { hashToken, signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, duplicateKey } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { jobModel } from '@/lib/master/models/job';
import { objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { takePoint } from '@/lib/rate-limit/limiter';
import { formatInstant } from '@/lib/time';
import { wakeWorker } from '@/lib/work/queue';
import { incidentModel, statusSubscriberModel } from './model';
import { IMPACTS, INCIDENT_STATES, STATUS_COMPONENTS, type StatusComponent } from './policy';

const JOIN = 'status-subscribe';
const LEAVE = 'status-leave';
const DAY_MS = 86_400_000;
const JOIN_DAYS = 2;
/** A mail may be looked at years later, and then too its link must end what it began. */
const LEAVE_DAYS = 3_650;
const STEP = 200;

const linkUnusable = (): AppError =>
  new AppError('NOT_FOUND', 'This link is wrong or too old. Ask for a new one on the status page.');

/**
 * Sends the link by which an address confirms that it wants the mails. The same answer for every address;
 * nothing is kept of it before it is confirmed.
 */
export async function askToSubscribe(email: string, now = new Date()): Promise<void> {
  const emailKey = email.toLowerCase();
  await takePoint('mail.address', emailKey);
  const token = signValue(JOIN, email, new Date(now.getTime() + JOIN_DAYS * DAY_MS));
  const mail = composeMail({
    to: email,
    subject: 'Confirm that you want to hear of incidents',
    name: 'reader',
    paragraphs: [
      'Somebody, hopefully you, asked for a mail whenever the status page of Chakravue tells of an incident or of planned work.',
      `The link works for ${JOIN_DAYS} days. If you did not ask for this, ignore this mail: without the link nothing is sent.`,
    ],
    button: { label: 'Confirm', url: `${env().NEXTAUTH_URL}${paths.statusConfirm(token)}` },
    closing: 'You receive this because somebody entered this address on our status page.',
  });
  await enqueueMail(`status-confirm:${hashToken(token)}`, mail);
  wakeWorker();
}

/** Whose link it is, to be said on its page; null for one that is forged or too old. */
export const readJoinLink = (token: string): string | null => verifySignedValue(JOIN, token);
export const readLeaveLink = (token: string): string | null => verifySignedValue(LEAVE, token);

/** From now on the address gets the mails; twice is as once. @throws AppError NOT_FOUND for a bad link. */
export async function confirmSubscription(token: string, now = new Date()): Promise<void> {
  const email = readJoinLink(token);
  if (!email) throw linkUnusable();
  try {
    await statusSubscriberModel.create({ emailKey: email.toLowerCase(), email, confirmedAt: now });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/** No more mails, as often as it is pressed. @throws AppError NOT_FOUND for a bad link. */
export async function endSubscription(token: string): Promise<void> {
  const email = readLeaveLink(token);
  if (!email) throw linkUnusable();
  await statusSubscriberModel.deleteOne({ emailKey: email.toLowerCase() });
}

export const countSubscribers = (): Promise<number> => statusSubscriberModel.estimatedDocumentCount();

/** The find behind a step of the mails; apart, so that a test can ask how it is answered. */
export const findSubscribers = (after: string) =>
  statusSubscriberModel
    .find({ emailKey: op({ $gt: after }) })
    .sort({ emailKey: 1 })
    .limit(STEP);

type Told = Awaited<ReturnType<typeof readTold>>;

async function readTold(incidentId: string, at: Date) {
  const row = await incidentModel.findById(objectId(incidentId)).lean();
  const update = row?.updates.find((each) => each.at.getTime() === at.getTime());
  return row && update ? { ...row, update } : null;
}

function letterTo(email: string, told: NonNullable<Told>, now: Date) {
  const { NEXTAUTH_URL } = env();
  const token = signValue(LEAVE, email, new Date(now.getTime() + LEAVE_DAYS * DAY_MS));
  const isAhead = told.impact === 'maintenance' && told.startedAt > told.update.at;
  const state = isAhead
    ? `Planned from ${formatInstant(told.startedAt, 'UTC')} UTC`
    : INCIDENT_STATES[told.update.state];
  const parts = told.components.map((id) => STATUS_COMPONENTS[id as StatusComponent] ?? id).join(', ');
  const mail = composeMail({
    to: email,
    name: 'reader',
    subject: `${told.title}: ${state}`,
    paragraphs: [told.update.text, `${IMPACTS[told.impact]}: ${parts}. ${state}.`],
    button: { label: 'Open the status page', url: `${NEXTAUTH_URL}${paths.status}` },
    closing: `No more of these mails: ${NEXTAUTH_URL}${paths.statusLeave(token)}`,
  });
  // RFC 8058: the mail program's own button.
  const headers = {
    'List-Unsubscribe': `<${NEXTAUTH_URL}${paths.statusLeaveAtOnce(token)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  return { ...mail, headers };
}

/** Its key names the incident and the moment of what was said. */
export const tellKey = (incidentId: string, at: Date): string => `${incidentId}:${at.getTime()}`;

/** Mails what was said of an incident to everybody who wants it; run again it goes on where it ended. */
export async function tellSubscribers(key: string, now = new Date()): Promise<number> {
  const [incidentId = '', at] = key.split(':');
  const told = await readTold(incidentId, new Date(Number(at)));
  let mails = 0;
  for (let after = ''; told; ) {
    const people = await findSubscribers(after).lean();
    const keyOf = (person: (typeof people)[number]) => `status:${key}:${person._id.toString()}`;
    const known = await jobModel
      .find({ kind: 'mail.send', key: op({ $in: people.map(keyOf) }) })
      .select('key')
      .lean();
    const written = new Set(known.map((job) => job.key));
    for (const person of people) {
      if (written.has(keyOf(person))) continue;
      await enqueueMail(keyOf(person), letterTo(person.email, told, now));
      mails++;
    }
    if (people.length < STEP) break;
    after = people.at(-1)?.emailKey ?? '';
  }
  return mails;
}

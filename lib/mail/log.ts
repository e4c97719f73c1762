import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '../errors';
import { mailLogModel } from '../master/models/mail-log';
import { newObjectId, objectId, op } from '../mongo';
import { returnAddress } from './bounces';
import { type Mail, sendMail } from './send';

const LONGEST = 500;
const clipped = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);

/** What a mail is about: the first word of its key. */
const kindOfMail = (key: string): string => key.split(':', 1)[0] ?? key;

type About = { organizationId?: string | undefined; session?: ClientSession | undefined };

/** Puts a mail into the log, or back to waiting where it is sent again. */
export async function logMail(key: string, to: string, { organizationId, session }: About = {}) {
  const row = {
    $set: { state: 'queued' as const, queuedAt: new Date() },
    $unset: { problem: '', endedAt: '' },
    $setOnInsert: {
      _id: newObjectId(),
      kind: kindOfMail(key),
      to,
      toKey: to.toLowerCase(),
      ...(organizationId ? { organizationId: objectId(organizationId) } : {}),
    },
  };
  try {
    await mailLogModel.updateOne({ key }, row, { upsert: true, ...(session ? { session } : {}) });
  } catch (error) {
    // In a transaction the other one has to end first; outside of it the row is there already.
    if (session || !duplicateKey(error)) throw error;
  }
}

/** The mail server will never take it: another try would end the same. */
function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, command, responseCode, response } = error as Error & {
    code?: unknown;
    command?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  // Not where it refuses who we are: that is mended in its settings, and the mail is sent then.
  const isAboutMail = code === 'EMESSAGE' || (code === 'EENVELOPE' && command === 'RCPT TO');
  if (!isAboutMail || typeof responseCode !== 'number' || responseCode < 500) return null;
  return typeof response === 'string' ? response : error.message;
}

/**
 * Hands a mail of the log to the mail server and writes down what it said.
 * @throws when the server does not answer, or asks to try again later.
 */
export async function deliverLogged(key: string, mail: Mail): Promise<void> {
  const row = await mailLogModel.findOne({ key }).select('_id').lean();
  const sender = row && returnAddress(row._id.toString());
  // A report may be here before the answer of the server that passes the mail on: what it says stays.
  const write = (fields: object) =>
    mailLogModel.updateOne({ key, state: op({ $in: ['queued', 'failed'] as const }) }, { $set: fields });
  try {
    await sendMail({ ...mail, ...(sender ? { envelope: { from: sender, to: mail.to } } : {}) });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await write({ state: 'refused', problem: clipped(refusal), endedAt: new Date() });
    return;
  }
  await write({ state: 'sent', sentAt: new Date() });
}

/** It was tried as often as work is, and no mail server took it: nobody has it, and a person must look. */
export async function noteGivenUp(key: string, why: string): Promise<void> {
  await mailLogModel.updateOne(
    { key, state: 'queued' },
    { $set: { state: 'failed', problem: clipped(why), endedAt: new Date() } },
  );
}

/**
 * A report that comes late does not make a mail that bounced a delayed one.
 * @returns whether such a mail is known; a bounce that is reported twice is one.
 */
export async function noteBounce(
  mailId: string,
  report: { isFinal: boolean; problem: string },
): Promise<boolean> {
  const _id = objectId(mailId);
  const problem = clipped(report.problem);
  if (report.isFinal) {
    const ended = { state: 'bounced' as const, problem, endedAt: new Date() };
    return (await mailLogModel.updateOne({ _id }, { $set: ended })).matchedCount === 1;
  }
  const { matchedCount } = await mailLogModel.updateOne(
    { _id, state: op({ $nin: ['bounced', 'refused'] as const }) },
    { $set: { state: 'delayed', problem } },
  );
  return matchedCount === 1 || (await mailLogModel.exists({ _id })) !== null;
}

/** What was sent to the people of an organization that is deleted. */
export async function forgetMails(organizationId: string): Promise<void> {
  await mailLogModel.deleteMany({ organizationId: objectId(organizationId) });
}

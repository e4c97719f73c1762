import 'server-only';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { userModel } from '@/lib/master/models/user';
import { PLATFORM_ROLES, type PlatformRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { PLATFORM } from '@/lib/paths';
import { noticeModel, noticeReaderModel } from './model';
import { choicesOf, kindLabel, type NoticeChoice, type NoticeKind, ROLE_KINDS } from './policy';
import { readChoices } from './queries';
import { stopToken } from './service';

const DAY_MS = 86_400_000;
/** In UTC: before most of the company's people begin. */
const DIGEST_HOUR = 5;
const MOST = 100;

type Reader = {
  id: string;
  name: string;
  email: string;
  digestAt: Date | null;
  wants: (kind: NoticeKind, choice: NoticeChoice) => boolean;
};

async function readers(): Promise<Reader[]> {
  const people = await userModel
    .find({ platformRole: op({ $in: [...PLATFORM_ROLES] }), disabledAt: null })
    .select('name email platformRole')
    .limit(200)
    .lean();
  const rows = await noticeReaderModel.find({ _id: op({ $in: people.map(({ _id }) => _id) }) }).lean();
  const rowOf = new Map(rows.map((row) => [row._id.toString(), row]));
  return people.map((person) => {
    const row = rowOf.get(person._id.toString());
    const choices = choicesOf(person.platformRole as PlatformRole, readChoices(row?.choices));
    return {
      id: person._id.toString(),
      name: person.name,
      email: person.email,
      digestAt: row?.digestAt ?? null,
      wants: (kind, choice) => choices.some((one) => one.kind === kind && one.choice === choice),
    };
  });
}

function letterTo(reader: Reader, subject: string, lines: readonly string[], href: string, now: Date) {
  const { NEXTAUTH_URL } = env();
  const stop = `${NEXTAUTH_URL}/api/notices/stop/${stopToken(reader.id, now)}`;
  const mail = composeMail({
    to: reader.email,
    name: reader.name,
    subject,
    paragraphs: [...lines],
    button: { label: 'Open', url: `${NEXTAUTH_URL}${href}` },
    closing: `Choose what you are mailed at ${NEXTAUTH_URL}${PLATFORM.notifications}.`,
  });
  // RFC 8058: the mail program's own button.
  const headers = {
    'List-Unsubscribe': `<${stop}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  return { ...mail, headers };
}

/** Mails each notice that has not been, to those who want it at once. @returns how many mails. */
export async function tellAtOnce(now = new Date()): Promise<number> {
  const notices = await noticeModel.find({ mailedAt: null }).sort({ at: 1 }).limit(MOST).lean();
  if (notices.length === 0) return 0;
  const people = await readers();
  let mails = 0;
  for (const notice of notices) {
    await masterTransaction(async (session) => {
      const first = await noticeModel.updateOne(
        { _id: notice._id, mailedAt: null },
        { $set: { mailedAt: now } },
        { session },
      );
      if (first.modifiedCount !== 1) return;
      for (const reader of people.filter(({ wants }) => wants(notice.kind, 'at-once'))) {
        const lines = [notice.title, ...(notice.detail ? [notice.detail] : [])];
        const mail = letterTo(reader, notice.title, lines, notice.href, now);
        await enqueueMail(`notice:${notice._id.toString()}:${reader.id}`, mail, { session });
        mails++;
      }
    });
  }
  return mails;
}

/** Once a day to each person: what was written since the last one, of the kinds wanted so. */
export async function sendDigests(now = new Date()): Promise<number> {
  if (now.getUTCHours() < DIGEST_HOUR) return 0;
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  let sent = 0;
  for (const reader of await readers()) {
    if (reader.digestAt && reader.digestAt >= today) continue;
    const since = reader.digestAt ?? new Date(now.getTime() - DAY_MS);
    const wanted = {
      at: op({ $gt: since, $lte: now }),
      kind: op({ $in: ROLE_KINDS.filter((kind) => reader.wants(kind, 'daily')) }),
    };
    const [notices, count] = await Promise.all([
      noticeModel.find(wanted).sort({ at: -1, _id: -1 }).limit(MOST).lean(),
      noticeModel.countDocuments(wanted),
    ]);
    const lines = notices.map(
      ({ kind, title, detail }) => `${kindLabel(kind)}: ${title}${detail ? ` (${detail})` : ''}`,
    );
    if (count > lines.length)
      lines.push(`And ${count - lines.length} more, earlier ones: all are at the address below.`);
    await masterTransaction(async (session) => {
      await noticeReaderModel.updateOne(
        { _id: objectId(reader.id) },
        { $set: { digestAt: now }, $setOnInsert: { version: 0 } },
        { upsert: true, session },
      );
      if (lines.length === 0) return;
      const subject = `Chakravue: ${count} ${count === 1 ? 'thing' : 'things'} since the last digest`;
      const mail = letterTo(reader, subject, lines, PLATFORM.notifications, now);
      await enqueueMail(`digest:${reader.id}:${today.toISOString().slice(0, 10)}`, mail, { session });
      sent++;
    });
  }
  return sent;
}

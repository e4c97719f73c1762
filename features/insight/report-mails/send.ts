import 'server-only';
import { mailSender } from '@/features/identity/face/queries';
import { inMinutes, inPercent } from '@/features/insight/reports/labels';
import { basicReportPdf } from '@/features/insight/reports/pdf/basic';
import { type BasicReport, getBasicReport } from '@/features/insight/reports/queries';
import { changeOf } from '@/features/insight/reports/summary';
import { asPerson } from '@/lib/actions/person';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { deliverLogged, logMail } from '@/lib/mail/log';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay } from '@/lib/time';
import { plainCount } from '@/lib/words';
import { reportMailModel } from './model';
import { periodBefore } from './policy';
import { unsubscribeLink, unsubscribeToken } from './service';

/**
 * The job behind one mail; its key is `<id>:<day>`. Made when it is sent and stored nowhere outside of the
 * organization's database. Should a process die between sending and writing down, the second mail has the
 * first one's Message-ID.
 */
export async function sendReportMail(key: string, now = new Date()): Promise<void> {
  const [id = '', day = ''] = key.split(':');
  const row = await reportMailModel.findById(objectId(id)).lean();
  // Stopped, or sent by a process that did not live to say so.
  if (!row || row.sentOn === day) return;
  const user = await userModel.findById(row.userId).select('email emailVerifiedAt').lean();
  if (!user?.emailVerifiedAt) return;
  const who = { userId: row.userId.toString(), organizationId: row.organizationId.toString() };
  const isSent = await asPerson(who, 'reports:read', async (ctx) => {
    await send(ctx, { id, day, every: row.every, to: user.email }, now);
    return true;
  });
  // Also where nothing may be sent: the next one asks again.
  await reportMailModel.updateOne(
    { _id: row._id },
    { $set: { sentOn: day, ...(isSent ? { lastSentAt: now } : {}) } },
  );
}

async function send(
  ctx: TenantContext,
  mail: { id: string; day: Day; every: 'day' | 'week'; to: string },
  now: Date,
): Promise<void> {
  const range = periodBefore(mail.day, mail.every);
  const report = await getBasicReport(ctx, range, now);
  const pdf = await basicReportPdf(ctx, report, range, now);
  const stop = unsubscribeToken(mail.id, now);
  const period =
    mail.every === 'day' ? formatDay(range.from) : `${formatDay(range.from)} to ${formatDay(range.to)}`;
  const { NEXTAUTH_URL } = env();
  const letter = composeMail({
    to: mail.to,
    name: ctx.actor.name,
    subject: `${ctx.organization.name}: ${mail.every === 'day' ? 'the day' : 'the week'} in figures, ${period}`,
    paragraphs: [...figuresOf(report), 'The whole report is attached.'],
    button: {
      label: 'Open the report',
      url: `${NEXTAUTH_URL}${paths.reports}?from=${range.from}&to=${range.to}`,
    },
    closing: `You asked for this mail. To stop it: ${unsubscribeLink(stop)}`,
    sender: await mailSender(ctx),
  });
  const key = `report:${mail.id}:${mail.day}`;
  await logMail(key, mail.to, { organizationId: ctx.organizationId });
  await deliverLogged(key, {
    ...letter,
    messageId: `<report-${mail.id}-${mail.day}@${new URL(NEXTAUTH_URL).hostname}>`,
    // RFC 8058: the mail program's own button.
    headers: {
      'List-Unsubscribe': `<${NEXTAUTH_URL}/api/unsubscribe/${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    attachments: [
      { filename: `report-${range.from}-${range.to}.pdf`, content: pdf, contentType: 'application/pdf' },
    ],
  });
}

/** The first figures of the report, a line each. */
function figuresOf({ now, before }: BasicReport): string[] {
  const changed = (key: 'visits' | 'registered') => changeOf(now[key], before[key]).text;
  return [
    `Visits: ${plainCount(now.visits)} (${changed('visits')})`,
    `New patients: ${plainCount(now.registered)} (${changed('registered')})`,
    `No-shows: ${now.due > 0 ? inPercent(now.missed / now.due) : '\u2013'} (${now.missed} of ${now.due} appointments)`,
    `Wait to the doctor, median: ${now.medianWaitMinutes === null ? '\u2013' : inMinutes(now.medianWaitMinutes)}`,
  ];
}

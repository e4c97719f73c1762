'use server';
import { revalidatePath } from 'next/cache';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { nothingInput, reportMailInput, stopForInput, unsubscribeInput } from './schema';
import { scheduleReportMail, stopReportMail, stopReportMailOf, unsubscribe } from './service';

export const scheduleReportMailAction = staffAction({
  permission: 'reports:read',
  input: reportMailInput,
  audit: 'report-mail.schedule',
  run: async (ctx, input) => {
    await scheduleReportMail(ctx, input);
    revalidatePath(paths.reports);
    return { ok: true };
  },
  message: 'The report will come to your mailbox.',
});

export const stopReportMailAction = staffAction({
  permission: 'reports:read',
  input: nothingInput,
  audit: 'report-mail.stop',
  run: async (ctx) => {
    await stopReportMail(ctx);
    revalidatePath(paths.reports);
    return { ok: true };
  },
  message: 'No more mails with the report.',
});

export const stopReportMailOfAction = staffAction({
  permission: 'settings:write',
  input: stopForInput,
  audit: 'report-mail.stop-for',
  run: async (ctx, { reportMailId }) => {
    const stopped = await stopReportMailOf(ctx, reportMailId);
    revalidatePath(paths.reportMails);
    revalidatePath(paths.reports);
    return stopped;
  },
  message: 'No more mails to this person.',
});

/** From the link in the mail, without signing in. */
export const unsubscribeAction = publicAction({
  input: unsubscribeInput,
  audit: 'report-mail.unsubscribe',
  run: ({ token }) => unsubscribe(token),
});

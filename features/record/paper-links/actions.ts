'use server';
import { revalidatePath } from 'next/cache';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { openPaperInput, revokePaperLinkInput, sendPaperInput } from './schema';
import { openPaper } from './service/open-paper';
import { revokePaperLink } from './service/revoke-link';
import { sendPaper } from './service/send-paper';

export const sendPaperAction = staffAction({
  permission: 'paper-links:write',
  input: sendPaperInput,
  audit: 'paper-link.send',
  run: async (ctx, input) => {
    const link = await sendPaper(ctx, input);
    revalidatePath(paths.patient(link.patientId));
    return link;
  },
  message: ({ email }) => `Sent to ${email}. The link ends after seven days.`,
});

export const revokePaperLinkAction = staffAction({
  permission: 'paper-links:write',
  input: revokePaperLinkInput,
  audit: 'paper-link.revoke',
  target: ({ linkId }) => `paper-link:${linkId}`,
  run: async (ctx, { linkId }) => {
    const link = await revokePaperLink(ctx, linkId);
    revalidatePath(paths.patient(link.patientId));
    return link;
  },
  message: 'The link is closed.',
});

export const openPaperAction = publicAction({
  input: openPaperInput,
  audit: 'paper-link.open',
  run: openPaper,
});

'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { staffAction } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { announcementIdInput, announcementInput } from './schema';
import { dismissAnnouncement, endAnnouncement, saveAnnouncement } from './service';

const PAGE = PLATFORM.announcements;

export const saveAnnouncementAction = platformAction({
  permission: 'announcements:write',
  input: announcementInput,
  audit: 'announcement.save',
  target: ({ announcementId }) => (announcementId ? `announcement:${announcementId}` : undefined),
  run: async (ctx, input) => {
    await saveAnnouncement(ctx, input);
    revalidatePath(PAGE);
    return { ok: true };
  },
  message: 'The announcement is saved.',
});

export const endAnnouncementAction = platformAction({
  permission: 'announcements:write',
  input: announcementIdInput,
  audit: 'announcement.end',
  target: ({ announcementId }) => `announcement:${announcementId}`,
  run: async (ctx, { announcementId }) => {
    await endAnnouncement(ctx, announcementId);
    revalidatePath(PAGE);
    return { ok: true };
  },
  message: 'It is shown to nobody any more.',
});

export const dismissAnnouncementAction = staffAction({
  permission: 'today:read',
  input: announcementIdInput,
  audit: 'announcement.dismiss',
  entryAfter: 'Of two presses at once, one finds it done.',
  target: ({ announcementId }) => `announcement:${announcementId}`,
  run: async (ctx, { announcementId }) => {
    await dismissAnnouncement(ctx, announcementId);
    revalidatePath('/', 'layout');
    return { ok: true };
  },
});

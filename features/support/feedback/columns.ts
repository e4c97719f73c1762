import type { Columns } from '@/lib/columns';
import type { FeedbackEntry } from './queries';

export const feedbackColumns: Columns<FeedbackEntry> = [
  ['at', 'at'],
  ['organization', 'organization'],
  ['organization id', 'organizationId'],
  ['name', 'name'],
  ['role', 'role'],
  ['mood', 'mood'],
  ['text', 'text'],
  ['page', 'page'],
  ['e-mail', 'email'],
  ['read', ({ isRead }) => String(isRead)],
];

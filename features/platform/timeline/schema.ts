import { z } from 'zod';
import { cursor } from '@/lib/address-query';

export const timelineQuery = z.object({ after: cursor() });
export type TimelineQuery = z.output<typeof timelineQuery>;

import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { HEALTH_LEVELS } from './policy';

export const USAGE_SORTS = ['health', 'name', '-name', '-database', 'seen'] as const;
export type UsageSort = (typeof USAGE_SORTS)[number];

export const usageListQuery = z.object({
  q: orNothing(z.string().trim().min(1).max(100)),
  health: orNothing(z.enum(HEALTH_LEVELS)),
  sort: orNothing(z.enum(USAGE_SORTS)),
  after: cursor(),
  before: cursor(),
});
export type UsageListQuery = z.output<typeof usageListQuery>;

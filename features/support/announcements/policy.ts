import type { PlanId } from '@/lib/master/vocabulary';

export const ANNOUNCEMENT_KINDS = {
  maintenance: 'Maintenance',
  feature: 'New feature',
  notice: 'Notice',
} as const;
export type AnnouncementKind = keyof typeof ANNOUNCEMENT_KINDS;

/** People put away what they have read; work on the system concerns them until it is over. */
export const canDismiss = (kind: AnnouncementKind): boolean => kind !== 'maintenance';

export type Audience = { plans: readonly PlanId[]; organizationIds: readonly string[] };

export const isFor = (
  { plans, organizationIds }: Audience,
  organization: { id: string; plan: PlanId },
): boolean =>
  organizationIds.length > 0
    ? organizationIds.includes(organization.id)
    : plans.length === 0 || plans.includes(organization.plan);

export type Phase = 'planned' | 'shown' | 'over';
export const PHASE_LABEL: Record<Phase, string> = { planned: 'Planned', shown: 'Shown now', over: 'Over' };
export const phaseOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): Phase =>
  now < startsAt ? 'planned' : now < endsAt ? 'shown' : 'over';

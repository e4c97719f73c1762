import type { PlanId } from '@/lib/master/vocabulary';

/** How long an organization's log is kept. */
export const RETENTION_YEARS: Record<PlanId, number> = { starter: 1, professional: 3, enterprise: 7 };

/** Entries older than this may go. */
export function retentionEnd(plan: PlanId, now: Date): Date {
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() - RETENTION_YEARS[plan]);
  return end;
}

/** `patient.set-active` as people read it: "Patient: set active". */
export function actionLabel(action: string): string {
  const [noun = '', ...verb] = action.split('.');
  const words = (part: string) => part.replaceAll('-', ' ');
  const first = words(noun);
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}: ${words(verb.join(' '))}`;
}

export const RESULTS = { ok: 'Done', refused: 'Refused', failed: 'Failed' } as const;
export type Result = keyof typeof RESULTS;

import type { SheetLayout } from '@/features/record/examinations/sheet-layout';

/** What a visit may be for; a template is of one of them. The more special stand first. */
export const VISIT_KINDS = {
  'post-operative': 'After an operation',
  camp: 'Camp',
  refraction: 'Refraction only',
  child: 'Child',
  glaucoma: 'Glaucoma',
  retina: 'Retina',
  first: 'First visit',
  'follow-up': 'Follow-up',
} as const;
export type VisitKind = keyof typeof VISIT_KINDS;
export const VISIT_KIND_IDS = Object.keys(VISIT_KINDS) as [VisitKind, ...VisitKind[]];

/** Up to this age a visit is a child's. */
const CHILD_UNTIL_YEARS = 8;

export type VisitFacts = {
  /** Whether anything was measured or found at a visit before. */
  hasEarlier: boolean;
  ageYears: number;
  /** Codes of the problems that are not over. */
  problems: readonly string[];
  /** Why they came, as reception wrote it. */
  reason: string;
};

/** What a visit is for, by what is known of it, the most special first. */
export function kindsOf({ hasEarlier, ageYears, problems, reason }: VisitFacts): VisitKind[] {
  const has = (pattern: RegExp) => problems.some((code) => pattern.test(code));
  const is: Record<VisitKind, boolean> = {
    'post-operative': /\bpost[- ]?op|after (the )?(operation|surgery)/i.test(reason),
    camp: /\bcamp\b/i.test(reason),
    refraction: /\b(refraction|glasses|spectacles?)\b/i.test(reason),
    child: ageYears <= CHILD_UNTIL_YEARS,
    glaucoma: has(/^(H40|H42|Q15\.0)/),
    retina: has(/^(H3[0-6]|E1[0-4]\.3)/),
    first: !hasEarlier,
    'follow-up': hasEarlier,
  };
  return VISIT_KIND_IDS.filter((kind) => is[kind]);
}

/** For whom a template or a set is: `me` is its author alone. */
export const OWNERS = { everybody: 'Everybody', me: 'Me alone' } as const;
export const OWNER_IDS = Object.keys(OWNERS) as [keyof typeof OWNERS, ...(keyof typeof OWNERS)[]];

/** In the address of a visit: everything is shown, whichever template fits. */
export const WHOLE = 'whole';

type Template = SheetLayout & { id: string; kind: VisitKind; isOwn: boolean };

/** The template of a visit by its kinds: one's own goes before the hospital's. Undefined where none fits. */
export function templateFor<T extends Template>(
  templates: readonly T[],
  kinds: readonly VisitKind[],
): T | undefined {
  for (const kind of kinds) {
    const fitting = templates.filter((one) => one.kind === kind);
    const found = fitting.find(({ isOwn }) => isOwn) ?? fitting[0];
    if (found) return found;
  }
  return undefined;
}

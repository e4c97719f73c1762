import type { z } from 'zod';
import { assessInput, measureInput, signInput } from '@/features/record/examinations/schema';
import { assess, measure, signExamination } from '@/features/record/examinations/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { aVisit } from './visit';

type Fields = Record<string, unknown>;
type Facts = { visitId?: string; measured?: Fields; assessed?: Fields; isSigned?: boolean };

/** What stands in the fields of the two sections unless a test says otherwise. */
const MEASURED = { 'right-unaided': '6/24', 'left-unaided': '6/24' };
const ASSESSED = { diagnoses: ['H25.1:left'] };

/**
 * An examination with both sections written, of a new visit where none is given.
 * @returns the visit's id, which is the examination's too
 */
export async function anExamination(ctx: TenantContext, facts: Facts = {}): Promise<string> {
  const visitId = facts.visitId ?? (await aVisit(ctx)).id;
  const first = { visitId, version: 0 };
  await measure(ctx, measureInput.parse({ ...first, ...MEASURED, ...facts.measured }));
  await assess(ctx, assessInput.parse({ ...first, ...ASSESSED, ...facts.assessed }));
  const signing: z.input<typeof signInput> = { visitId, version: 1 };
  if (facts.isSigned) await signExamination(ctx, signInput.parse(signing));
  return visitId;
}

import {
  MADE_FIGURES,
  POWER_BANDS,
  PRINTED_PAPERS,
  type Prescribing,
} from '@/features/insight/reports/rollups/prescribed';
import { KINDS } from '@/features/record/spectacles/policy';
import type { Cell } from '@/lib/columns';
import { keysOf } from '@/lib/query-words';
import type { PRESCRIBING_EXPORTS } from './schema';

/** A part of the report, the first line its head. */
export function* prescribingLines(
  { medicines, classes, prescribers, glasses, prints }: Prescribing,
  what: (typeof PRESCRIBING_EXPORTS)[number],
): Generator<readonly Cell[]> {
  switch (what) {
    case 'medicines':
      yield ['Medicine', 'Times prescribed', 'Prescriptions'];
      for (const { name, lines, prescriptions } of medicines) yield [name, lines, prescriptions];
      return;
    case 'classes':
      yield ['Class', 'Times prescribed', 'Prescriptions'];
      for (const { name, lines, prescriptions } of classes) yield [name, lines, prescriptions];
      return;
    case 'prescribers':
      yield ['Prescriber', 'Prescriptions', 'Medicines', 'Ingredient known', 'Written by ingredient'];
      for (const one of prescribers)
        yield [one.name, one.prescriptions, one.lines, one.known, one.byIngredient];
      return;
    case 'glasses':
      yield ['Glasses', 'Count'];
      for (const kind of keysOf(KINDS)) yield [KINDS[kind], glasses.kinds[kind] ?? 0];
      yield ['None advised', glasses.none];
      for (const outcome of keysOf(MADE_FIGURES)) yield [MADE_FIGURES[outcome], glasses.made[outcome]];
      for (const { key, label } of POWER_BANDS) yield [`Lenses ${label}`, glasses.powers[key] ?? 0];
      return;
    case 'prints':
      yield ['Paper', 'Printed', 'Of these copies'];
      for (const paper of keysOf(PRINTED_PAPERS))
        yield [PRINTED_PAPERS[paper], prints[paper].prints, prints[paper].copies];
  }
}

import { KINDS } from '@/features/record/spectacles/policy';
import { keysOf } from '@/lib/address-query';
import type { Cell } from '@/lib/columns';
import { POWER_BANDS } from './policy';
import type { Prescribing } from './queries';
import type { PRESCRIBING_EXPORTS } from './schema';

/** A part of the report, the first line its head. */
export function* prescribingLines(
  { medicines, prescribers, glasses }: Prescribing,
  what: (typeof PRESCRIBING_EXPORTS)[number],
): Generator<readonly Cell[]> {
  switch (what) {
    case 'medicines':
      yield ['Medicine', 'Times prescribed', 'Prescriptions'];
      for (const { name, lines, prescriptions } of medicines) yield [name, lines, prescriptions];
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
      for (const { key, label } of POWER_BANDS) yield [`Lenses ${label}`, glasses.powers[key] ?? 0];
  }
}

import { taxClassesOf } from '@/features/cashier/price-list/taxes';
import { classLabelOf } from '@/features/pharmacy/medicines/control-classes';
import { type StarterEntry, starterFacts } from '@/features/pharmacy/medicines/starter-formulary';

type Said = { controlClass: string | null; taxClass: string | null; pack: string | null };
type Field = keyof Said;

const LABEL: Record<Field, string> = { controlClass: 'Class', taxClass: 'Tax', pack: 'Pack' };

/** What the list says of a medicine, and where it has a class from. */
type StarterFact = { field: Field; label: string; value: string; source: string | null };

/**
 * What the list says and nobody has said of a medicine, with the fields as they would be stored; and what
 * somebody has said otherwise, which stays.
 */
export function starterOffer(said: Said, entry: StarterEntry, country: string) {
  const listed: Partial<Record<Field, string>> = starterFacts(entry, country);
  const textOf = (field: Field, value: string): string => {
    if (field === 'controlClass') return classLabelOf(country, value);
    return field === 'taxClass' ? (taxClassesOf(country)[value]?.label ?? value) : value;
  };
  const facts = (Object.keys(LABEL) as Field[]).flatMap((field) => {
    const value = listed[field];
    if (value === undefined || said[field] === value) return [];
    const fact: StarterFact = {
      ...{ field, label: LABEL[field], value: textOf(field, value) },
      source: field === 'controlClass' ? entry.source : null,
    };
    const own = said[field];
    return [{ fact, value, own: own === null ? null : textOf(field, own) }];
  });
  const missing = facts.filter(({ own }) => own === null);
  return {
    offered: missing.map(({ fact }) => fact),
    set: Object.fromEntries(missing.map(({ fact, value }) => [fact.field, value])) as Partial<
      Record<Field, string>
    >,
    otherwise: facts.flatMap(({ fact, own }) => (own === null ? [] : [{ ...fact, own }])),
    /** Neither the list nor anybody here says what the law makes of it. */
    isClassOpen: country === 'IN' && said.controlClass === null && listed.controlClass === undefined,
    source: entry.source,
  };
}

/** A medicine as it was shown, in a form. */
export const starterMark = ({ medicineId, version }: { medicineId: string; version: string }): string =>
  `${medicineId}:${version}`;

import { countOf, openDaysOf } from '@/features/pharmacy/medicines/policy';
import { dosageText, lastDay } from '@/features/record/prescriptions/dosage';
import { instructionsIn, labelWordsIn } from '@/features/record/prescriptions/instructions';
import { LABEL_SIZES, type LabelSize, type PaperDocument, type PaperLabel } from '@/lib/paper';
import type { PaperLanguage } from '@/lib/paper-language';
import { type Day, formatDay } from '@/lib/time';
import type { DispensedLine } from './policy';

/** "5 Dec 2026": a label has no room for the day of the week. */
const dayText = (day: Day): string => formatDay(day).replace(/^\S+ /, '');

/** "03/2027", as packs print it. */
const monthText = (day: Day): string => `${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** What is handed over as a thing of its own has a label of its own; loose pieces share one. */
const CONTAINER = /^(bottle|tube|strip|vial|ampoule|box|syringe|pack|minim|sachet)$/i;
/** Nobody sticks more than these: a count that was mistyped does not empty the roll. */
const MOST_LABELS = 24;

type Facts = {
  patient: { name: string; number: string };
  /** When the course begins, as the prescription says. */
  startsOn: Day;
  day: Day;
  pharmacy: string;
  language: PaperLanguage;
  /** Of each medicine that has another number of days than its form. */
  openDays: ReadonlyMap<string, number | null>;
};

/** The labels of what was given of a line: one for each bottle, by lot. */
function labelsOf(line: DispensedLine, facts: Facts): PaperLabel[] {
  const { dosage, medicineId = '' } = line;
  if (!dosage || line.quantity === 0) return [];
  const { language, startsOn, patient } = facts;
  const last = lastDay(startsOn, dosage.steps);
  const until = last ? dayText(last) : null;
  const discardDays = openDaysOf({ form: dosage.form, openDays: facts.openDays.get(medicineId) });
  return line.lots.flatMap((lot) => {
    const isEach = CONTAINER.test(line.unit);
    const about = [
      ...(until ? [`Until ${until}`] : []),
      `${isEach ? '' : `${countOf(lot.quantity, line.unit)}, `}lot ${lot.lotNumber}, exp ${monthText(lot.expiresOn)}`,
    ];
    const words = labelWordsIn(language, { until, discardDays });
    const label: PaperLabel = {
      head: `${patient.name}, ${patient.number}`,
      title: line.name,
      lines: [
        dosageText(dosage),
        ...(dosage.note ? [dosage.note] : []),
        about.join(', '),
        ...(discardDays ? [`Opened ____________ discard ${discardDays} days later`] : []),
      ],
      local: [...instructionsIn(language, dosage), ...(words.length > 0 ? [words.join('. ')] : [])],
      foot: `${facts.pharmacy}, ${dayText(facts.day)}`,
    };
    return Array.from({ length: isEach ? Math.min(lot.quantity, MOST_LABELS) : 1 }, () => label);
  });
}

/** The labels of what was handed out at one time. */
export function labelPaper(
  lines: readonly DispensedLine[],
  { size, skip, printed, ...facts }: Facts & { size: LabelSize; skip: number; printed: string },
): PaperDocument {
  return {
    title: `Labels, ${LABEL_SIZES[size]}`,
    size,
    head: null,
    margins: { top: 0, bottom: 0, side: 0 },
    patient: facts.patient.name,
    day: dayText(facts.day),
    blocks: [{ kind: 'labels', labels: lines.flatMap((line) => labelsOf(line, facts)), skip }],
    printed,
    language: facts.language,
  };
}

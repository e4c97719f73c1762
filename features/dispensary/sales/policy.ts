import type { Day } from '@/lib/time';

/** What the law of the country asks for when a medicine is handed out. */
type Asked = { needsPaper: boolean; needsName: boolean; needsScan?: boolean };

type Paper = {
  isNamed: boolean;
  prescriber?: string | undefined;
  paperDay?: Day | undefined;
  isScanned?: boolean;
};

/** What a paper is not taken after; half a year, as prescriptions of the hospital's own. */
const PAPER_DAYS = 180;

/** What is missing to sell something of a class, as a field and a sentence; null for nothing. */
export function paperProblem(
  name: string,
  { needsPaper, needsName, needsScan = false }: Asked,
  { isNamed, prescriber, paperDay, isScanned = false }: Paper,
  today: Day,
): { field: string; sentence: string } | null {
  if (needsName && !isNamed)
    return { field: 'buyerName', sentence: `${name} goes into a register: enter who buys it.` };
  if (!needsPaper) return null;
  if (!prescriber)
    return {
      field: 'prescriber',
      sentence: `${name} is sold on a prescription only: enter the doctor on the paper.`,
    };
  if (!paperDay)
    return {
      field: 'paperDay',
      sentence: `${name} is sold on a prescription only: enter the date on the paper.`,
    };
  if (paperDay > today)
    return { field: 'paperDay', sentence: 'The paper is of a day to come. Check its date.' };
  const age = (Date.parse(today) - Date.parse(paperDay)) / 86_400_000;
  if (age > PAPER_DAYS)
    return { field: 'paperDay', sentence: 'This prescription is older than half a year.' };
  if (needsScan && !isScanned)
    return {
      field: 'paperScan',
      sentence: `${name} is sold on a prescription that is kept: add a scan or a photo of it.`,
    };
  return null;
}

/** A line of a sale among the others: what is sold, and of which lot where one was scanned. */
export const soldAs = (line: { medicineId: string; batchId?: string | null | undefined }): string =>
  `${line.medicineId}-${line.batchId ?? ''}`;

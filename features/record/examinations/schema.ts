import { z } from 'zod';
import { chosenId, optionalText, text, version } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { isDiagnosisCode } from './diagnoses';
import { readDrawings } from './drawing-reader';
import type { Drawings } from './drawings';
import { EYES } from './eyes';
import { findingField, orderField, targetField } from './fields';
import { FINDING_ROWS, type Findings, readFinding } from './finding-rows';
import { type FormReader, known, readerOf } from './form-reader';
import { readMeasured } from './measure-reader';
import { MOST_ORDERS, ORDER_KINDS, type Order, URGENCIES } from './orders';
import { type Assessment, type Diagnosis, REVIEWS, SIDES } from './policy';
import { readPressure } from './pressure';

const visitId = chosenId('Choose a visit.');
/** Asked for once an examination is signed. */
const reason = optionalText(200);

export const measureInput = z.looseObject({ visitId, version, reason }).transform((given, ctx) => ({
  visitId: given.visitId,
  version: given.version,
  reason: given.reason,
  measurements: readMeasured(readerOf(given, ctx)),
}));
export type MeasureInput = z.output<typeof measureInput>;

const MAX_DIAGNOSES = 12;
/** Before a diagnosis in words, which no list has. */
export const IN_WORDS = '~';

/** `H25.1:left`, or `~words of the doctor:left`. */
function diagnosisOf(posted: string): Diagnosis | null {
  const at = posted.lastIndexOf(':');
  const [what, typedSide] = [posted.slice(0, at), posted.slice(at + 1)];
  const side = SIDES.find((one) => one === typedSide);
  if (at < 0 || !side) return null;
  if (!what.startsWith(IN_WORDS)) return { code: what, side };
  return { code: '', side, text: what.slice(IN_WORDS.length).trim() };
}

/** What is wrong with a list of diagnoses, in one sentence for the whole field. */
function diagnosesProblem(posted: readonly string[], all: readonly (Diagnosis | null)[]): string | null {
  if (all.length > MAX_DIAGNOSES) return `Write at most ${MAX_DIAGNOSES} diagnoses.`;
  const isKnown = (one: string): boolean => {
    const what = one.slice(0, Math.max(0, one.lastIndexOf(':')));
    const words = what.slice(IN_WORDS.length).trim();
    return what.startsWith(IN_WORDS) ? words.length >= 3 && words.length <= 120 : isDiagnosisCode(what);
  };
  if (!posted.every(isKnown)) return 'Choose diagnoses from the list, or write at least three letters.';
  if (all.includes(null)) return 'Say of each which eye it is in.';
  const names = all.map((one) => one?.text?.toLowerCase() ?? one?.code);
  return new Set(names).size < names.length
    ? 'Each diagnosis once: choose both eyes where it is in both.'
    : null;
}

function diagnosesFrom(reader: FormReader, posted: readonly string[]): Diagnosis[] {
  const all = posted.map(diagnosisOf);
  const problem = diagnosesProblem(posted, all);
  if (problem) reader.refuse('diagnoses', problem);
  return all.flatMap((one) => one ?? []);
}

function drawingFrom(reader: FormReader, posted: string | undefined): Drawings {
  const read = readDrawings(posted ?? '');
  if (!('problem' in read)) return read;
  reader.refuse('drawing', String(read.problem));
  return {};
}

function ordersOf(reader: FormReader): Order[] {
  return keysOf(ORDER_KINDS).flatMap((kind) =>
    Array.from({ length: MOST_ORDERS }, (_, index) => index + 1).flatMap((index): Order[] => {
      const name = (part: Parameters<typeof orderField>[2]) => orderField(kind, index, part);
      const what = reader.text(name('what'));
      const side = reader.choice(name('side'), SIDES);
      const urgency = reader.choice(name('urgency'), keysOf(URGENCIES)) ?? 'routine';
      const why = reader.text(name('reason'));
      if (what === '') {
        if (why) reader.refuse(name('what'), 'Write what is asked for.');
        return [];
      }
      if (!side) {
        reader.refuse(name('side'), 'Say which eye.');
        return [];
      }
      return [{ kind, what, side, urgency, ...(why ? { reason: why } : {}) }];
    }),
  );
}

function rowsOf(reader: FormReader): Findings {
  return known(
    FINDING_ROWS.map(({ key }) => key),
    (key) => {
      const row = FINDING_ROWS.find((one) => one.key === key);
      if (!row) return undefined;
      const found = known(EYES, (eye) =>
        reader.read(findingField(key, eye), (typed) => readFinding(row, typed)),
      );
      return Object.keys(found).length > 0 ? found : undefined;
    },
  ) as Findings;
}

const targetOf = (typed: string) => {
  const read = readPressure(typed);
  if ('mmHg' in read && read.mmHg >= 4 && read.mmHg <= 30) return read.mmHg;
  return { problem: 'Write a target from 4 to 30 mmHg.' };
};

export const assessInput = z
  .looseObject({
    visitId,
    version,
    reason,
    complaint: optionalText(1_000),
    'findings-right': optionalText(4_000),
    'findings-left': optionalText(4_000),
    diagnoses: z
      .array(z.string('Choose diagnoses from the list.'), 'Choose diagnoses from the list.')
      .optional()
      .default([]),
    drawing: z.string('The drawing could not be read.').optional(),
    plan: optionalText(2_000),
    reviewWeeks: z
      .enum([...keysOf(REVIEWS), ''], 'Choose one of the times.')
      .optional()
      .transform((value) => (value ? Number(value) : undefined)),
  })
  .transform((given, ctx) => {
    const reader = readerOf(given, ctx);
    const { complaint, plan, reviewWeeks } = given;
    // Here rather than above, so that everything that is wrong is said at once.
    const [diagnoses, drawing] = [diagnosesFrom(reader, given.diagnoses), drawingFrom(reader, given.drawing)];
    const findings = known(EYES, (eye) => given[`findings-${eye}`]);
    const rows = rowsOf(reader);
    const targets = known(EYES, (eye) => reader.read(targetField(eye), targetOf));
    const orders = ordersOf(reader);
    const assessment: Assessment = {
      ...(complaint ? { complaint } : {}),
      ...(Object.keys(rows).length > 0 ? { rows } : {}),
      findings,
      ...(Object.keys(drawing).length > 0 ? { drawings: drawing } : {}),
      diagnoses,
      ...(Object.keys(targets).length > 0 ? { targets } : {}),
      ...(orders.length > 0 ? { orders } : {}),
      ...(plan ? { plan } : {}),
      ...(reviewWeeks ? { reviewWeeks } : {}),
    };
    return { visitId: given.visitId, version: given.version, reason: given.reason, assessment };
  });
export type AssessInput = z.output<typeof assessInput>;

export const signInput = z.object({ visitId, version });
export type SignInput = z.output<typeof signInput>;

export const resolveProblemInput = z.object({
  patientId: chosenId('This patient is not known.'),
  key: text(200, 'Choose a problem.'),
  isResolved: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
});
export type ResolveProblemInput = z.output<typeof resolveProblemInput>;

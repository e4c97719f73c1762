import { EYE_LABEL, EYES } from '@/features/record/examinations/eyes';
import type { PaperBlock, PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import { FIELD_LIMITS, gradeText } from './disability';
import type { SignedLetter } from './dto';
import { daysText, KINDS, type Letter, leaveDays, REFERRAL_URGENCIES } from './policy';

const facts = (all: readonly [label: string, value: string | undefined][]): PaperBlock[] => {
  const given = all.flatMap(([label, value]) => (value ? [{ label, value }] : []));
  return given.length > 0 ? [{ kind: 'facts', facts: given }] : [];
};
const text = (value: string): PaperBlock => ({ kind: 'text', text: value });

/** What is said, and of whom; the patient's name stands in the sentence because others read it. */
function saidOf(letter: Letter, { patientName, patientAge, day }: SignedLetter): PaperBlock[] {
  const who = `${patientName}, ${patientAge},`;
  const seen = formatDay(day);
  switch (letter.kind) {
    case 'attendance': {
      const { from, until, companion } = letter;
      const times = [from ? `from ${from}` : '', until ? `until ${until}` : ''].filter(Boolean).join(' ');
      const beside = companion ? ` and was accompanied by ${companion}` : '';
      return [
        text(
          `This is to certify that ${who} attended this hospital on ${seen}${times && ` ${times}`}${beside}.`,
        ),
      ];
    }
    case 'leave': {
      const { from, until, diagnosis } = letter;
      const days = daysText(leaveDays(from, until));
      return [
        text(
          `This is to certify that ${who} was examined at this hospital on ${seen} and is advised rest for ${days}, from ${formatDay(from)} to ${formatDay(until)}, both days included.`,
        ),
        ...facts([['Diagnosis', diagnosis]]),
      ];
    }
    case 'fitness':
      return [
        text(
          `This is to certify that ${who} was examined at this hospital on ${seen} and is fit for ${letter.fitFor} from ${formatDay(letter.from)}.`,
        ),
      ];
    case 'acuity':
      return acuityBlocks(letter, who);
    case 'disability':
      return disabilityBlocks(letter, who);
    case 'referral':
      return referralBlocks(letter);
  }
}

function acuityBlocks(
  { words, examinedOn, purpose }: Extract<Letter, { kind: 'acuity' }>,
  who: string,
): PaperBlock[] {
  const hasBoth = words.rows.some(({ both }) => both);
  const colour = EYES.flatMap((eye) =>
    words.colour[eye] ? [`${EYE_LABEL[eye].toLowerCase()} ${words.colour[eye]}`] : [],
  );
  return [
    text(
      `This is to certify that the eyes of ${who} were examined on ${formatDay(examinedOn)}${purpose ? `, for ${purpose}` : ''}. Visual acuity for distance:`,
    ),
    {
      kind: 'table',
      columns: ['', ...EYES.map((eye) => `${EYE_LABEL[eye]} eye`), ...(hasBoth ? ['Both eyes'] : [])],
      rows: words.rows.map(({ label, right, left, both }) => [
        ...[label, right ?? '', left ?? ''],
        ...(hasBoth ? [both ?? ''] : []),
      ]),
    },
    ...facts([['Colour plates', colour.join(', ')]]),
  ];
}

function disabilityBlocks(letter: Extract<Letter, { kind: 'disability' }>, who: string): PaperBlock[] {
  const { examinedOn, acuity, fields, cause, until, better, other, source } = letter;
  return [
    text(
      `This is to certify that the eyes of ${who} were examined on ${formatDay(examinedOn)}, and that visual impairment was found as follows.`,
    ),
    {
      kind: 'table',
      columns: ['', ...EYES.map((eye) => `${EYE_LABEL[eye]} eye`)],
      rows: [
        ['Acuity, best corrected', ...EYES.map((eye) => acuity[eye])],
        ['Field around fixation', ...EYES.map((eye) => FIELD_LIMITS[fields[eye]])],
      ],
    },
    ...facts([
      ['Cause', cause],
      ['Impairment', gradeText(letter)],
      ['Row of the table', `Better eye: ${better}. Other eye: ${other}.`],
      ['Nature', until ? `Temporary; to be assessed again by ${formatDay(until)}` : 'Permanent'],
    ]),
    text(`By: ${source}.`),
    text(
      'The certificate of disability itself is issued by the medical authority that the government names.',
    ),
  ];
}

function referralBlocks({ to, urgency, reason, body }: Extract<Letter, { kind: 'referral' }>): PaperBlock[] {
  return [
    ...facts([
      ['To', [[to.name, to.speciality].filter(Boolean).join(', '), to.place].filter(Boolean).join('\n')],
      ['Phone', to.phone],
      ['E-mail', to.email],
      ['Reason', reason],
      ['To be seen', urgency === 'routine' ? undefined : REFERRAL_URGENCIES[urgency]],
    ]),
    text(body),
  ];
}

/** A letter or certificate as it is handed over. */
export function letterPaper(
  signed: SignedLetter,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
): PaperDocument {
  const { letter, number, version } = signed;
  const mark = signed.voided ? 'Void' : printMark;
  return {
    ...frame,
    title: KINDS[letter.kind],
    patient: `${signed.patientName}, ${signed.patientNumber}`,
    day: `${signed.patientAge}. ${formatDay(signed.signed.day)}. ${number}${version > 1 ? `, version ${version}` : ''}`,
    language: 'en',
    ...(mark ? { mark } : {}),
    blocks: [
      ...saidOf(letter, signed),
      ...(letter.remarks ? [text(letter.remarks)] : []),
      {
        kind: 'signature',
        name: signed.signed.name,
        lines: [`Registration ${signed.signed.registrationNumber}`],
      },
    ],
  };
}

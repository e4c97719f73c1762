import 'server-only';
import { AppError, notFoundError } from '@/lib/errors';
import type { DicomHeader } from '@/lib/pictures/dicom';
import { readDicomHeader } from '@/lib/pictures/thread';
import type { Source } from '@/lib/source';
import { foundType } from './content';
import { daySaid, differencesOf, eyeSaid, kindSaid } from './dicom';
import { HEAD_BYTES, type Looked, lookAt } from './look';
import { type FileType, isWebImage, judgeFile, judgePaper } from './policy';
import type { Subject, UploadFacts } from './schema';

const invalid = (sentence: string): AppError => new AppError('INVALID_INPUT', sentence);

type Person = Parameters<typeof differencesOf>[1];

export type Admitted = Looked & {
  contentType: FileType;
  /** What the file is of: as people said, and where they said nothing, as the file says. */
  facts: Pick<UploadFacts, 'kind' | 'eye' | 'takenOn'>;
  /** In what the file's own patient differs from ours; somebody has said that it is ours. */
  confirmed: string[];
};

/**
 * Judges a file that has come: what it is by its own bytes, whose it says that it is, and what can be shown
 * of it.
 * @param today in the organization's time zone
 * @param still of a film, drawn by who sends it
 * @throws AppError INVALID_INPUT for what is not kept; CONFLICT, about `isConfirmed`, when it says that it is
 * of somebody else and nobody has said that it is not.
 */
export async function admitFile(
  source: Source,
  input: UploadFacts,
  patient: Person | null,
  today: string,
  still?: Buffer,
): Promise<Admitted> {
  const head = await source.read(0, HEAD_BYTES);
  const found = await foundType(head);
  const header = found === undefined || found === 'application/dicom' ? await readDicomHeader(head) : null;
  const judge = input.claimId || input.saleKey ? judgePaper : judgeFile;
  const verdict = judge({ ...input, foundType: header ? 'application/dicom' : found });
  if ('problem' in verdict) throw invalid(verdict.problem);
  const { type: contentType } = verdict;
  if (input.as === 'portrait') {
    if (!isWebImage(contentType)) throw invalid('A photo of the patient is a JPEG, PNG or WebP image.');
    const look = { hasSmall: false, frames: 1 };
    return { contentType, facts: {}, confirmed: [], look, small: null, web: null };
  }
  const { facts, confirmed } = said(header, input, patient, today);
  return { contentType, facts, confirmed, ...(await lookAt(source, contentType, header, still)) };
}

/** What a file will belong to. @throws AppError NOT_FOUND where nobody says whose it is. */
export function subjectOf({ claimId, saleKey, as }: UploadFacts, patient: { id: string } | null): Subject {
  if (saleKey) return { kind: 'sale', id: saleKey };
  if (!patient) throw notFoundError('patient');
  return claimId ? { kind: 'claim', id: claimId } : { kind: as ?? 'patient', id: patient.id };
}

function said(header: DicomHeader | null, input: UploadFacts, patient: Person | null, today: string) {
  const { kind, eye, takenOn } = input;
  if (!header || !patient) return { facts: { kind, eye, takenOn }, confirmed: [] };
  const differences = differencesOf(header.facts, patient, eye);
  if (differences.length > 0 && !input.isConfirmed) {
    const sentences = differences.map(({ sentence }) => sentence).join(' ');
    throw new AppError('CONFLICT', `The file does not agree with this patient. ${sentences}`, {
      field: 'isConfirmed',
    });
  }
  return {
    facts: {
      kind: kind && kind !== 'other' ? kind : (kindSaid(header.facts) ?? kind),
      eye: eye ?? eyeSaid(header.facts),
      // Today is what the form says by itself.
      takenOn: takenOn && takenOn !== today ? takenOn : (daySaid(header.facts, today) ?? takenOn),
    },
    confirmed: differences.map(({ field }) => field),
  };
}

import { beforeText, knownAfter } from '@/features/record/examinations/earlier-readings';
import { eyeRecordOf } from '@/features/record/examinations/eye-record';
import type { Assessment, Before, Measurements } from '@/features/record/examinations/policy';
import type { Day } from '@/lib/time';
import type { Bulk, Id } from './bulk';

type Visit = { _id: Id; patientId: Id; day: Day; startedAt: Date; finishedAt: Date; doctorName?: string };
type Known = { before: Before; visits: { day: Day; measurements: Measurements; assessment: Assessment }[] };

/** Visits of one person that are kept for what all of them come to; a demonstration has fewer. */
const MOST_KEPT = 60;

/** Examinations of past visits, in the order of the visits, with what was known before each. */
export class Examinations {
  readonly #people = new Map<string, Known>();

  constructor(
    readonly bulk: Bulk,
    readonly optometrist: string,
  ) {}

  add(visit: Visit, measurements: Measurements, assessment: Assessment): void {
    const key = visit.patientId.toString();
    const known = this.#people.get(key) ?? { before: {}, visits: [] };
    const before = beforeText(known.before);
    const at = visit.finishedAt;
    const doctorName = visit.doctorName ?? 'Pilot';
    this.bulk.add('examinations', {
      ...{ _id: visit._id, patientId: visit.patientId, day: visit.day, startedAt: visit.startedAt },
      ...{ measurements: JSON.stringify(measurements), measurementsVersion: 1, measuredAt: visit.startedAt },
      ...{ measuredByName: this.optometrist, assessment: JSON.stringify(assessment), assessmentVersion: 1 },
      ...{ assessedAt: at, assessedByName: doctorName, signedAt: at, signedByName: doctorName },
      ...(before ? { before } : {}),
      ...{ createdAt: visit.startedAt, updatedAt: at, __v: 0 },
    });
    known.before = knownAfter(known.before, measurements);
    known.visits.push({ day: visit.day, measurements, assessment });
    if (known.visits.length > MOST_KEPT) known.visits.splice(1, 1);
    this.#people.set(key, known);
  }

  /** What all visits of each person come to. @returns when each is wanted again */
  close(): Map<string, { day: Day; from: Day }> {
    const reviews = new Map<string, { day: Day; from: Day }>();
    for (const [id, { visits }] of this.#people) {
      const record = eyeRecordOf(visits, []);
      if (record.review) reviews.set(id, record.review);
      this.bulk.add('eye_records', { _id: this.bulk.known(id), content: JSON.stringify(record), __v: 0 });
    }
    return reviews;
  }
}

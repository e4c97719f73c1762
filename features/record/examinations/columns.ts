import type { InferSchemaType, Types } from 'mongoose';
import type { Columns } from '@/lib/columns';
import type { examinationModel } from './model';

/** As it is stored, opened: what was measured and found is one text each. */
type Row = InferSchemaType<ReturnType<typeof examinationModel>['schema']> & { _id: Types.ObjectId };

export const examinationColumns: Columns<Row> = [
  ['Day', 'day'],
  ['Visit', ({ _id }) => _id.toString()],
  ['Patient', ({ patientId }) => patientId.toString()],
  ['Measurements', 'measurements'],
  ['Measured by', 'measuredByName'],
  ['Findings and diagnoses', 'assessment'],
  ['Written by', 'assessedByName'],
  ['Signed by', 'signedByName'],
  ['Signed', 'signedAt'],
];

import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** Something that was or is wrong with the product, as the public may read it. */
const schema = new Schema(
  {
    title: { type: String, required: true },
    impact: { type: String, enum: ['degraded', 'outage', 'maintenance'], required: true },
    components: [{ type: String, required: true }],
    updates: [
      new Schema(
        {
          state: {
            type: String,
            enum: ['investigating', 'identified', 'monitoring', 'resolved'],
            required: true,
          },
          text: { type: String, required: true },
          at: { type: Date, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    ],
    startedAt: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { timestamps: true, strict: 'throw' },
);
// open ones, and the history
schema.index({ resolvedAt: 1, startedAt: -1 });
schema.index({ startedAt: -1, _id: -1 });

export const incidentModel = defineMasterModel('Incident', 'incidents', schema);

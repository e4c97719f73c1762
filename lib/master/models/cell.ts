import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A cluster shared by many organizations' databases. */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    provider: { type: String, enum: ['self-hosted'], required: true },
    weight: { type: Number, default: 1 },
    acceptsNew: { type: Boolean, default: true },
    isolation: { type: String, enum: ['dedicated-user', 'shared-user'], default: 'dedicated-user' },
    /** Sealed password of the cell's own user, `cell_<id>`; only where isolation is `shared-user`. */
    password: String,
    organizations: { type: Number, default: 0 },
    /** Measured every ten minutes; each placing adds what the new database will have. */
    usage: {
      type: new Schema(
        {
          files: { type: Number, default: 0 },
          storageBytes: { type: Number, default: 0 },
          connections: { type: Number, default: 0 },
        },
        { _id: false, strict: 'throw' },
      ),
      default: () => ({}),
    },
    /** Where this cell differs from the configured limits. */
    limits: {
      type: new Schema(
        { files: Number, storageBytes: Number, connections: Number },
        { _id: false, strict: 'throw' },
      ),
    },
    measuredAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);

export const cellModel = defineMasterModel('Cell', 'cells', schema);

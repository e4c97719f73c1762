import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/**
 * What an organization shows to strangers, by its id. It holds nothing else, so that its sign-in page can
 * tell nothing else: of the letterhead, a copy of what is for everybody.
 */
const faceSchema = new Schema(
  {
    name: { type: String, required: true },
    secondName: String,
    lines: { type: [String], default: [] },
    /** A PNG in base64, drawn by us. */
    logo: String,
    slug: String,
    isOpen: { type: Boolean, default: false },
    /** What mails to patients and staff come from, and where answers go. */
    fromName: String,
    replyTo: String,
  },
  { timestamps: true, strict: 'throw' },
);
// /h/[slug]; each address once
faceSchema.index({ slug: 1 }, { unique: true, sparse: true });

export const faceModel = defineMasterModel('Face', 'faces', faceSchema);

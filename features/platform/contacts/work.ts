import 'server-only';
import { z } from 'zod';
import { customerNoteModel } from '@/features/platform/customer-notes/model';
import { objectId } from '@/lib/mongo';
import { defineWork } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { contactModel } from './model';

const payload = z.object({ organizationId: z.string() });

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'customer.forget': z.input<typeof payload>;
  }
}

/** What the company knows of the people of a deleted customer; the files of its notes go with its key. */
export const contactsWork = defineWork({
  name: 'customer.forget',
  payload,
  steps: {
    forgotten: async ({ payload: { organizationId } }) => {
      const of = { organizationId: objectId(organizationId) };
      await contactModel.deleteMany(of);
      await customerNoteModel.deleteMany(of);
      return done;
    },
  },
});

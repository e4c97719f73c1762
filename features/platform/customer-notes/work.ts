import 'server-only';
import { z } from 'zod';
import { contactModel } from '@/features/platform/contacts/model';
import { objectId } from '@/lib/mongo';
import { defineWork } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { customerNoteModel } from './model';

const payload = z.object({ organizationId: z.string() });

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'customer.forget': z.input<typeof payload>;
  }
}

/** What is known of the people of a customer that is deleted; the files of its notes go with its key. */
export const customerNotesWork = defineWork({
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

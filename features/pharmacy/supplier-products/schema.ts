import { z } from 'zod';
import { id } from '@/lib/fields';

export const forgetProductInput = z.object({
  supplierId: id('This supplier is not known.'),
  productId: id('This name is not known.'),
});
export type ForgetProductInput = z.output<typeof forgetProductInput>;

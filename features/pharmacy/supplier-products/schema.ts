import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id } from '@/lib/fields';

export const forgetProductInput = z.object({
  supplierId: id('This supplier is not known.'),
  productId: id('This name is not known.'),
});
export type ForgetProductInput = z.output<typeof forgetProductInput>;

/** The address of a supplier's page: from where its names are read. */
export const productListQuery = z.object({ after: cursor(600), before: cursor(600) });
export type ProductListQuery = z.input<typeof productListQuery>;

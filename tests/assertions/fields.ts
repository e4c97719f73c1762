import { z } from 'zod';

/** The fields that an input takes, also when it is transformed or chosen by a discriminator. */
export function fieldsOf(input: unknown): Record<string, unknown> {
  if (input instanceof z.ZodObject) return input.shape;
  if (input instanceof z.ZodPipe) return { ...fieldsOf(input.in), ...fieldsOf(input.out) };
  if (input instanceof z.ZodUnion) return Object.assign({}, ...input.options.map(fieldsOf));
  return {};
}

import { z } from 'zod';
import { id } from '@/lib/fields';

export const makeLinkInput = z.object({ billId: id('This bill is not known.') });
export type MakeLinkInput = z.output<typeof makeLinkInput>;

export const linkInput = z.object({ linkId: id('This link is not known.') });
export type LinkInput = z.output<typeof linkInput>;

export const nothingInput = z.object({});

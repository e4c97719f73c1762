import { z } from 'zod';
import { day } from '@/lib/address-query';

/** Of a statement of account: its first day; where nothing is said, the first of the financial year. */
export const statementQuery = z.object({ from: day() });

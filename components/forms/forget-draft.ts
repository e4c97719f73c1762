import { paths } from '@/lib/paths';
import type { DraftOf } from './beginning';

/** Of a form that only shows what would be done, once another one has done it. */
export const forgetDraft = ({ form, of = 'new' }: DraftOf): Promise<unknown> =>
  fetch(`${paths.drafts}?${new URLSearchParams({ form, of })}`, { method: 'DELETE', keepalive: true }).catch(
    () => null,
  );

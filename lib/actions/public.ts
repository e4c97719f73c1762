import 'server-only';
import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import { recordPlatformAudit } from '../audit/record';
import { takePoint } from '../rate-limit/limiter';
import { type RequestFacts, requestFacts } from '../request';
import { toFailure } from './failure';
import { formFields, invalid } from './form';
import { markGated } from './gated';

type PublicAction<S extends z.ZodType, T> = {
  input: S;
  audit: string;
  run: (input: z.output<S>, request: RequestFacts) => Promise<T>;
  message?: string;
};

/** The only way to expose a write to people who are not signed in: rate limit, input, service, audit, error map. */
export function publicAction<S extends z.ZodType, T>(definition: PublicAction<S, T>) {
  const action = async (_previous: ActionResult<T>, form: FormData): Promise<ActionResult<T>> => {
    const fields = form instanceof FormData ? formFields(form) : {};
    try {
      const request = await requestFacts();
      await takePoint('public.address', request.ip);
      const parsed = definition.input.safeParse(fields);
      if (!parsed.success) return invalid(parsed.error, fields);
      const data = await definition.run(parsed.data, request);
      await recordPlatformAudit({
        actor: { kind: 'public', id: request.ip, name: 'visitor' },
        action: definition.audit,
        requestId: request.requestId,
        request: { ip: request.ip, userAgent: request.userAgent },
      });
      return { status: 'ok', data, ...(definition.message ? { message: definition.message } : {}) };
    } catch (error) {
      return toFailure(error, fields);
    }
  };
  return markGated(action, 'public', definition);
}

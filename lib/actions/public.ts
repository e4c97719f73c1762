import 'server-only';
import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import type { AuditResult } from '../audit/entry';
import { recordPlatformAudit } from '../audit/record';
import { type RequestFacts, requestFacts } from '../auth/request';
import { isAppError } from '../errors';
import { takePoint } from '../rate-limit/limiter';
import { toFailure } from './failure';
import { formFields, invalid } from './form';
import { markGated } from './gated';

type PublicAction<S extends z.ZodType, T> = {
  input: S;
  audit: string;
  run: (input: z.output<S>, request: RequestFacts) => Promise<T>;
  message?: string;
  /** It asks and changes nothing: only what went wrong with it is worth a line in the log. */
  asksOnly?: true;
};

/**
 * The only way to expose a write to people who are not signed in: rate limit, input, service, audit, error
 * map.
 */
export function publicAction<S extends z.ZodType, T>(definition: PublicAction<S, T>) {
  const action = async (_previous: ActionResult<T>, form: FormData): Promise<ActionResult<T>> => {
    const request = await requestFacts();
    const record = (result: AuditResult) =>
      recordPlatformAudit({
        actor: { kind: 'public', id: request.ip, name: 'visitor' },
        action: definition.audit,
        result,
        requestId: request.requestId,
        request: { ip: request.ip, userAgent: request.userAgent },
      });
    try {
      await takePoint('public.address', request.ip);
      const fields = formFields(form);
      const parsed = definition.input.safeParse(fields);
      if (!parsed.success) return invalid(parsed.error, fields);
      const data = await definition.run(parsed.data, request);
      if (!definition.asksOnly) await record('ok');
      return { status: 'ok', data, ...(definition.message ? { message: definition.message } : {}) };
    } catch (error) {
      if (isAppError(error) && error.code !== 'UNAVAILABLE' && !error.isRepeated)
        await record(error.code === 'TOO_MANY_REQUESTS' ? 'refused' : 'failed');
      return toFailure(error, form);
    }
  };
  return markGated(action, 'public', definition);
}

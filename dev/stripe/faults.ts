import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ApiError } from './errors';
import { parse } from './form';

const faultInput = z.strictObject({
  /** Only for requests whose path begins so. */
  path: z.string().optional(),
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  latencyMs: z.number().int().min(0).max(60_000).optional(),
  status: z.union([z.literal(429), z.literal(500), z.literal(502), z.literal(503)]).optional(),
  /** `before`: nothing was done. `after`: it was done, and the answer got lost. */
  when: z.enum(['before', 'after']).optional(),
  /** How many requests; without it all, until the faults are cleared. */
  count: z.number().int().min(1).optional(),
});
type Fault = z.output<typeof faultInput>;

const failure = (status: number): ApiError =>
  new ApiError(status, {
    type: status === 429 ? 'invalid_request_error' : 'api_error',
    ...(status === 429 ? { code: 'rate_limit' } : {}),
    message:
      status === 429 ? 'Too many requests hit the API too quickly.' : 'Something went wrong on Stripe’s end.',
  });

/** Trouble on demand: slow answers and failures, until the emulator ends or they are cleared. */
export class Faults {
  #faults: Fault[] = [];

  add(input: unknown): object {
    this.#faults.push(parse(faultInput, input));
    return { faults: this.#faults };
  }

  clear(): object {
    this.#faults = [];
    return { faults: [] };
  }

  /**
   * Waits, or fails before anything is done.
   * @returns what to do after the work: throws where the answer gets lost
   */
  async meet(method: string, path: string): Promise<() => void> {
    const fault = this.#faults.find(
      (each) => path.startsWith(each.path ?? '/v1/') && (each.method ?? method) === method,
    );
    if (!fault) return () => {};
    if (fault.count !== undefined) {
      fault.count -= 1;
      if (fault.count === 0) this.#faults = this.#faults.filter((each) => each !== fault);
    }
    if (fault.latencyMs) await delay(fault.latencyMs);
    const { status, when = 'before' } = fault;
    if (status && when === 'before') throw failure(status);
    return () => {
      if (status) throw failure(status);
    };
  }
}

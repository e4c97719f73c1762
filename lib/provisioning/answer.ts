import 'server-only';
import { type Again, again, type ForOperator, needsOperator } from '../work/outcome';
import { NeedsOperator, NotReadyYet, type Provider } from './provider';

/** What a vendor has answered, or why there is no answer yet; either can be returned by a step of work. */
export type Answer<T> = Readonly<{ outcome: 'done'; value: T }> | Again | ForOperator;

/**
 * Turns what the vendors' code throws while a vendor is at work into a value; a bug or an outage is thrown
 * on.
 */
export async function answerOf<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { outcome: 'done', value: await ask() };
  } catch (error) {
    if (error instanceof NotReadyYet) return again(new Date(Date.now() + error.retryAfterMs), error.what);
    if (error instanceof NeedsOperator) return needsOperator(error.message);
    throw error;
  }
}

type Asked<Method> = Method extends (...args: infer Args) => Promise<infer T>
  ? (...args: Args) => Promise<Answer<T>>
  : Method;
/**
 * A provider whose methods answer with values, so that no caller can forget that a vendor may need minutes.
 */
export type AskedProvider = { readonly [Name in keyof Provider]: Asked<Provider[Name]> };

export function asked(provider: Provider): AskedProvider {
  const { dropUser, ensureSnapshot, ...others } = provider;
  return {
    ...others,
    ensureDatabase: (target) => answerOf(() => provider.ensureDatabase(target)),
    ensureUser: (target) => answerOf(() => provider.ensureUser(target)),
    assertIsolated: (target, databases) => answerOf(() => provider.assertIsolated(target, databases)),
    remove: (target) => answerOf(() => provider.remove(target)),
    ...(dropUser ? { dropUser: (target) => answerOf(() => dropUser(target)) } : {}),
    ...(ensureSnapshot
      ? { ensureSnapshot: (target, snapshot) => answerOf(() => ensureSnapshot(target, snapshot)) }
      : {}),
  };
}

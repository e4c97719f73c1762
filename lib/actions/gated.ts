const GATED = Symbol.for('chakravue.gated');

export type GateKind = 'public' | 'staff' | 'platform';

/** Marks a function as passing a gate, so that a test can find the ones that do not. */
export function markGated<F extends object>(fn: F, kind: GateKind): F {
  Object.defineProperty(fn, GATED, { value: kind });
  return fn;
}

export function gateOf(value: unknown): GateKind | undefined {
  if (typeof value !== 'function') return undefined;
  const kind: unknown = Reflect.get(value, GATED);
  return kind === 'public' || kind === 'staff' || kind === 'platform' ? kind : undefined;
}

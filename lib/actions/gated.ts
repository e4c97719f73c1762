const GATED = Symbol.for('chakravue.gated');

export type GateKind = 'public' | 'staff' | 'platform';

type Gate = { kind: GateKind; definition: object | undefined };

/**
 * Marks a function as passing a gate, so that tests can find those that do not, and read what the others
 * take.
 */
export function markGated<F extends object>(fn: F, kind: GateKind, definition?: object): F {
  Object.defineProperty(fn, GATED, { value: { kind, definition } satisfies Gate });
  return fn;
}

function read(value: unknown): Gate | undefined {
  return typeof value === 'function' ? (Reflect.get(value, GATED) as Gate | undefined) : undefined;
}

export const gateOf = (value: unknown): GateKind | undefined => read(value)?.kind;
export const definitionOf = (value: unknown): object | undefined => read(value)?.definition;

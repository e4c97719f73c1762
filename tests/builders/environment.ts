type Kept = Record<string, unknown> | undefined;
const kept = globalThis as { [key: symbol]: Kept };
const of = (name: string): symbol => Symbol.for(`chakravue.${name}`);

/** The environment is read again when next asked for, and what was opened by it, such as Stripe, is too. */
export function forgetEnvironment(): void {
  for (const name of ['env', 'stripe', 'mail', 'file-store', 'status', 'announcements'])
    delete kept[of(name)];
  // Their modules hold on to them.
  delete kept[of('placements')]?.cache;
  delete kept[of('atlas')]?.token;
  delete kept[of('atlas')]?.flight;
}

// `npm run stripe:sync`: makes or checks the products and prices of features/subscription/billing/plans.ts at
// Stripe. Doing it twice is the same as once. Reads the environment as the app does: STRIPE_SECRET_KEY, or
// STRIPE_EMULATOR_URL.
import { importApp } from './lib/app.mjs';

try {
  const { ensureCatalog } = /** @type {typeof import('../features/subscription/billing/catalog.ts')} */ (
    await importApp('features/subscription/billing/catalog.ts')
  );
  const rows = await ensureCatalog();
  process.stdout.write('outcome  lookup key                        amount        price\n');
  for (const { outcome, lookupKey, amountCents, currency, priceId } of rows) {
    const amount = `${(amountCents / 100).toFixed(2)} ${currency.toUpperCase()}`;
    process.stdout.write(`${outcome.padEnd(8)} ${lookupKey.padEnd(33)} ${amount.padEnd(13)} ${priceId}\n`);
  }
  const moved = rows.filter(({ outcome }) => outcome === 'moved').length;
  if (moved > 0)
    process.stdout.write(
      `${moved} amount(s) differed: a new price took the lookup key; who pays the old one goes on paying it.\n`,
    );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

import { DEFAULT_SECRET_KEY, startStripeEmulator } from './emulator';

const {
  PORT = '3003',
  HOST = '127.0.0.1',
  DATA_FILE = '.data/stripe/state.json',
  STRIPE_SECRET_KEY,
  STRIPE_SECRET_KEY_EMULATOR,
  STRIPE_WEBHOOK_SECRET,
  WEBHOOK_URL,
} = process.env;

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const port = Number(PORT);
if (STRIPE_SECRET_KEY) {
  refuse(
    'STRIPE_SECRET_KEY is set, so the app talks to Stripe itself and the local emulator does not start.',
  );
}
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  refuse(`PORT must be a number from 1 to 65535; it is "${PORT}".`);
}
if (WEBHOOK_URL && !URL.canParse(WEBHOOK_URL)) refuse(`WEBHOOK_URL is not an address: "${WEBHOOK_URL}".`);
if (WEBHOOK_URL && !STRIPE_WEBHOOK_SECRET) {
  refuse('WEBHOOK_URL needs STRIPE_WEBHOOK_SECRET, the secret that signs what is sent there.');
}

const emulator = await startStripeEmulator({
  port,
  host: HOST,
  dataFile: DATA_FILE,
  secretKey: STRIPE_SECRET_KEY_EMULATOR || DEFAULT_SECRET_KEY,
  // A hospital's own, for payments of its patients' bills.
  accounts: [{ secretKey: 'sk_test_chakravue_hospital', name: 'Hospital of the demonstration' }],
  ...(WEBHOOK_URL && STRIPE_WEBHOOK_SECRET
    ? { webhook: { url: WEBHOOK_URL, secret: STRIPE_WEBHOOK_SECRET } }
    : {}),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') {
    refuse(
      `Port ${port} is in use. Stop what uses it, or choose another with PORT, for example PORT=${port + 100}.`,
    );
  }
  return refuse(`The Stripe emulator could not start: ${error.message}`);
});
process.stdout.write(
  `Stripe emulator on ${emulator.url}${WEBHOOK_URL ? `, events to ${WEBHOOK_URL}` : ''}\n`,
);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void emulator.stop().then(() => process.exit(0));
  });
}

import { startStripeEmulator } from '@chakravue/stripe-emulator';
import { control, newDataFile } from '@chakravue/stripe-emulator/test-support';

/** The emulator in this process, and the app pointed at it. Call before anything asks Stripe. */
export async function startStripe() {
  const emulator = await startStripeEmulator({ dataFile: newDataFile() });
  process.env.STRIPE_EMULATOR_URL = emulator.url;
  delete process.env.STRIPE_SECRET_KEY;
  return {
    url: emulator.url,
    stop: emulator.stop,
    control: (path: string, body: object = {}, key?: string) => control(emulator.url, path, body, key),
  };
}

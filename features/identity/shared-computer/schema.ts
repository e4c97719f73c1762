import { z } from 'zod';
import { PIN_LENGTH } from '@/lib/auth/limits';

/** The same digit throughout, or digits that follow each other up or down. */
export const isObvious = (pin: string): boolean => {
  const steps = new Set(
    [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10),
  );
  return steps.size === 1 && [0, 1, 9].includes([...steps][0] ?? 0);
};

const pin = z
  .string(`Enter ${PIN_LENGTH} digits.`)
  .trim()
  .regex(new RegExp(`^\\d{${PIN_LENGTH}}$`), `Enter ${PIN_LENGTH} digits.`);

export const setPinInput = z.object({
  currentPassword: z.string('Enter your current password.').min(1, 'Enter your current password.').max(200),
  pin: pin.refine((digits) => !isObvious(digits), 'Choose digits that are harder to guess than a row.'),
});
export const nothingInput = z.object({});
/** `person` is the reference out of the list at this computer. */
export const comeBackInput = z.object({
  person: z.string().max(64),
  pin,
  next: z.string().max(500).optional(),
});

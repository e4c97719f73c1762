/** What kind of organization signs up. Apart from the schema, so that a page can show it without zod. */
export const INDUSTRIES = {
  'eye-hospital': 'Eye hospital',
  'eye-clinic': 'Eye clinic',
  'multi-specialty': 'Multi-specialty hospital',
  optometry: 'Optometry practice',
  other: 'Other',
} as const;

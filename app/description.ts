/** Of the product, for search engines and for who is sent a link. */
export const DESCRIPTION =
  'The software an eye hospital runs its day on: patients, appointments, the queue, examinations, prescriptions, bills and medicines.';

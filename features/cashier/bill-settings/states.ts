/** The states and territories of India by the code that the first two digits of a GSTIN are. */
export const INDIAN_STATES: Readonly<Record<string, string>> = {
  ...{ '01': 'Jammu and Kashmir', '02': 'Himachal Pradesh', '03': 'Punjab', '04': 'Chandigarh' },
  ...{ '05': 'Uttarakhand', '06': 'Haryana', '07': 'Delhi', '08': 'Rajasthan', '09': 'Uttar Pradesh' },
  ...{ '10': 'Bihar', '11': 'Sikkim', '12': 'Arunachal Pradesh', '13': 'Nagaland', '14': 'Manipur' },
  ...{ '15': 'Mizoram', '16': 'Tripura', '17': 'Meghalaya', '18': 'Assam', '19': 'West Bengal' },
  ...{ '20': 'Jharkhand', '21': 'Odisha', '22': 'Chhattisgarh', '23': 'Madhya Pradesh', '24': 'Gujarat' },
  ...{ '26': 'Dadra and Nagar Haveli and Daman and Diu', '27': 'Maharashtra', '29': 'Karnataka' },
  ...{ '30': 'Goa', '31': 'Lakshadweep', '32': 'Kerala', '33': 'Tamil Nadu', '34': 'Puducherry' },
  ...{ '35': 'Andaman and Nicobar Islands', '36': 'Telangana', '37': 'Andhra Pradesh', '38': 'Ladakh' },
};

/** In the order of their names: objects put keys that look like numbers first. */
export const STATE_OPTIONS = Object.entries(INDIAN_STATES)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label));

/** The state of an Indian registration; null for other countries' numbers and for none. */
export const stateOfTaxNumber = (country: string, taxNumber: string | null): string | null => {
  const code = country === 'IN' && taxNumber ? taxNumber.slice(0, 2) : '';
  return Object.hasOwn(INDIAN_STATES, code) ? code : null;
};

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z]/g, '');
const BY_NAME = new Map(Object.entries(INDIAN_STATES).map(([code, name]) => [plain(name), code]));

/** The code of a state as people write it in an address; null where it is not understood. */
export const stateOfName = (name: string | null): string | null => BY_NAME.get(plain(name ?? '')) ?? null;

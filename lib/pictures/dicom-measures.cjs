// Read in a thread of its own (lib/pictures/thread.ts): what a device has measured, from the attributes that
// the standard gives it (PS3.3 A.58 ff., C.8.25 ff.) and from the numbers of a structured report. An eye is
// the name of a sequence or a code beside the number, and is never guessed.

const MAX_DEPTH = 12;
const MAX_READINGS = 200;

/** Numbers of the data dictionary (PS3.6). */
const TAG = {
  items: 'x0040a730',
  conceptName: 'x0040a043',
  conceptCode: 'x0040a168',
  measured: 'x0040a300',
  numeric: 'x0040a30a',
  units: 'x004008ea',
  codeMeaning: 'x00080104',
  codeValue: 'x00080100',
};

/** Of what is read here, what the dictionary (PS3.6) has as text; all else is written in binary. */
const DECIMAL_TEXT = new Set([TAG.numeric]);
const SIGNED = new Set(['x00460135']);
const BYTES = { FD: 8, FL: 4, US: 2, SS: 2 };
const ONE_DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Which kind a number has. A file that does not say it leaves it to the dictionary, then to the length. */
function kindOf(tag, { vr, length }) {
  if (vr && vr !== 'UN') return vr;
  if (DECIMAL_TEXT.has(tag)) return 'DS';
  if (SIGNED.has(tag)) return 'SS';
  return length === BYTES.FD ? 'FD' : length === BYTES.FL ? 'FL' : null;
}

/**
 * One number, whatever its kind.
 * @returns null where there is none, or more than one
 */
function figure(data, tag) {
  const element = data?.elements[tag];
  if (!element || element.length < 1 || element.length > 64) return null;
  const kind = kindOf(tag, element);
  try {
    if (kind in BYTES && element.length !== BYTES[kind]) return null;
    let value = Number.NaN;
    if (kind === 'FD') value = data.double(tag);
    else if (kind === 'FL') value = data.float(tag);
    else if (kind === 'US') value = data.uint16(tag);
    else if (kind === 'SS') value = data.int16(tag);
    else if (kind === 'DS' || kind === 'IS') {
      const text = (data.string(tag) ?? '').trim();
      if (ONE_DECIMAL.test(text)) value = Number(text);
    }
    // Four bytes hold seven figures: what stands behind them was not measured.
    return Number.isFinite(value) && Math.abs(value) < 1e6 ? Number(value.toFixed(4)) : null;
  } catch {
    return null;
  }
}

const itemsOf = (data, tag) => (data?.elements[tag]?.items ?? []).flatMap(({ dataSet }) => dataSet ?? []);
const itemOf = (data, tag) => itemsOf(data, tag)[0];
const wordsOf = (data, tag) => {
  try {
    return (data?.string(tag) ?? '').slice(0, 80);
  } catch {
    return '';
  }
};
const meaningOf = (data, tag) => wordsOf(itemOf(data, tag), TAG.codeMeaning);

/** Every value of an attribute below a sequence, at any depth. */
function below(data, tag, found = [], depth = 0) {
  const own = figure(data, tag);
  if (own !== null) found.push(own);
  if (depth < MAX_DEPTH)
    for (const element of Object.values(data?.elements ?? {}))
      for (const { dataSet } of element.items ?? []) if (dataSet) below(dataSet, tag, found, depth + 1);
  return found;
}
/** One value of it; null where there is none, undefined where they differ. */
function onlyBelow(data, tag) {
  const all = [...new Set(below(data, tag))];
  return all.length === 0 ? null : all.length === 1 ? all[0] : undefined;
}

const known = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

function lens(eye, set, data) {
  const sphere = figure(data, 'x00460146');
  if (sphere === null) return [];
  const cylinder = itemOf(data, 'x00460018');
  return [
    {
      ...{ eye, what: 'lens', set },
      values: known({
        sphere,
        cylinder: figure(cylinder, 'x00460147'),
        axis: figure(cylinder, 'x00220009'),
        add: figure(itemOf(data, 'x00460100'), 'x00460104'),
        vertex: figure(data, 'x0022000f'),
      }),
    },
  ];
}

function keratometry(eye, data) {
  const meridian = (tag) => {
    const one = itemOf(data, tag);
    return known({
      radius: figure(one, 'x00460075'),
      power: figure(one, 'x00460076'),
      axis: figure(one, 'x00460077'),
    });
  };
  const [flat, steep] = [meridian('x00460080'), meridian('x00460074')];
  if (flat.power === undefined || steep.power === undefined) return [];
  return [{ eye, what: 'keratometry', flat, steep }];
}

/** The length that the device or its user chose; of several others none. */
function axial(eye, data) {
  if (!data) return [];
  const chosen = ['x00221260', 'x00221255', 'x00221250'].map((tag) => itemOf(data, tag)).find(Boolean);
  const length = onlyBelow(chosen ?? data, 'x00221019');
  const depth = onlyBelow(data, 'x00221131');
  const thickness = onlyBelow(data, 'x00221130');
  const several = [
    ['Axial length', length],
    ['Chamber depth', depth],
    ['Lens thickness', thickness],
  ].flatMap(([of, value]) => (value === undefined ? [{ eye, what: 'several', of }] : []));
  const values = known({ 'axial-length': length, 'chamber-depth': depth, 'lens-thickness': thickness });
  return [...(Object.keys(values).length > 0 ? [{ eye, what: 'tests', values }] : []), ...several];
}

/** How it was seen, by the words of its code; "corrected" alone may be glasses or a lens on the eye. */
const ACUITY_TYPES = [
  [/pin ?hole/i, 'pinhole'],
  [/contact/i, 'contact'],
  [/best.corrected/i, 'refraction'],
  [/uncorrected|unaided/i, 'unaided'],
  [/spectacle|glasses/i, 'glasses'],
];

/** Far alone and by a known method it is taken over; anything else is shown. */
function acuities(data) {
  const type = meaningOf(data, 'x00460121');
  const method = ACUITY_TYPES.find(([words]) => words.test(type))?.[1];
  const distance = wordsOf(data, 'x00460125').trim().toLowerCase();
  const eyes = [
    ['right', 'x00460122'],
    ['left', 'x00460123'],
    ['both', 'x00460124'],
  ];
  return eyes.flatMap(([eye, tag]) => {
    const seen = itemOf(data, tag);
    const decimal = figure(seen, 'x00460137');
    if (decimal === null) return [];
    const letters = figure(seen, 'x00460135') ?? 0;
    if (method && distance === 'distance') return [{ eye, what: 'acuity', method, decimal, letters }];
    const of = ['Acuity', type, distance].filter(Boolean).join(', ');
    const text = `${decimal} decimal${letters === 0 ? '' : `, ${letters} letters`}`;
    return [{ eye, what: 'shown', of, text }];
  });
}

/** What a formula proposes is shown and never taken: which lens is implanted is for the surgeon to say. */
function proposals(eye, data) {
  if (!data) return [];
  const powers = itemsOf(data, 'x00221090').flatMap((one) => {
    const power = figure(one, 'x00221053');
    const error = figure(one, 'x00221054');
    return power === null ? [] : [`${power} D${error === null ? '' : ` for ${error}`}`];
  });
  if (powers.length === 0) return [];
  const target = figure(data, 'x00221037');
  const of = [meaningOf(data, 'x00221028') || 'Formula not named', target === null ? '' : `target ${target}`]
    .filter(Boolean)
    .join(', ');
  return [{ eye, what: 'shown', of: `Lens power, ${of}`, text: powers.slice(0, 12).join('; ') }];
}

function field(data) {
  const eye = { R: 'right', L: 'left' }[wordsOf(data, 'x00240113').trim()] ?? null;
  const values = known({
    'field-md': onlyBelow(data, 'x00240066') ?? null,
    'field-psd': onlyBelow(data, 'x00240068') ?? null,
  });
  const own = Object.keys(values).length > 0 ? [{ eye, what: 'tests', values }] : [];
  return [...own, ...reported(data, eye)];
}

/** What a number of a report is of, by the words beside its code; the unit must be the one that we keep. */
const REPORTED = [
  [/visual field index/i, 'field-vfi', /^%|percent/i],
  [/mean deviation|global deviation from normal/i, 'field-md', /^dB|decibel/i],
  [/pattern standard deviation|localized deviation from normal/i, 'field-psd', /^dB|decibel/i],
  [/cent(er|ral) subfield thickness/i, 'cmt', /^(um|µm|micro)/i],
  [
    /(average|mean) (rnfl|retinal nerve fib(er|re) layer) thickness|rnfl.* average/i,
    'rnfl',
    /^(um|µm|micro)/i,
  ],
  [/superior (rnfl|retinal nerve fib)/i, 'rnfl-superior', /^(um|µm|micro)/i],
  [/inferior (rnfl|retinal nerve fib)/i, 'rnfl-inferior', /^(um|µm|micro)/i],
  [/nasal (rnfl|retinal nerve fib)/i, 'rnfl-nasal', /^(um|µm|micro)/i],
  [/temporal (rnfl|retinal nerve fib)/i, 'rnfl-temporal', /^(um|µm|micro)/i],
  [/ganglion cell.* thickness/i, 'gcl', /^(um|µm|micro)/i],
  [/^(ophthalmic )?axial length/i, 'axial-length', /^mm|millim/i],
  [/anterior chamber depth/i, 'chamber-depth', /^mm|millim/i],
  [/^lens thickness/i, 'lens-thickness', /^mm|millim/i],
  [/white.to.white/i, 'white-to-white', /^mm|millim/i],
  [/central corneal thickness/i, 'cct', /^(um|µm|micro)/i],
];

const eyeIn = (words) => {
  const [isRight, isLeft] = [/\b(right|od)\b/i.test(words), /\b(left|os)\b/i.test(words)];
  return isRight === isLeft ? null : isRight ? 'right' : 'left';
};

/** The numbers of a report, each under the eye that stands beside or above it. */
function reported(data, above = null, depth = 0, found = []) {
  if (depth > MAX_DEPTH || found.length > MAX_READINGS) return found;
  const children = [...itemsOf(data, TAG.items), ...(depth === 0 ? itemsOf(data, 'x00240320') : [])];
  const sides = children.flatMap((one) =>
    /laterality|finding site/i.test(meaningOf(one, TAG.conceptName))
      ? (eyeIn(meaningOf(one, TAG.conceptCode)) ?? [])
      : [],
  );
  const eye = new Set(sides).size === 1 ? sides[0] : (eyeIn(meaningOf(data, TAG.conceptName)) ?? above);
  for (const one of children) {
    const name = meaningOf(one, TAG.conceptName);
    const measured = itemOf(one, TAG.measured) ?? one;
    const value = figure(measured, TAG.numeric);
    const units = itemOf(measured, TAG.units);
    const unit = `${wordsOf(units, TAG.codeValue)}`.trim() || wordsOf(units, TAG.codeMeaning);
    const [, key] = REPORTED.find(([words, , of]) => words.test(name) && of.test(unit)) ?? [];
    if (value !== null && key) {
      // A laterality of this number alone goes before that of its group.
      const [own] = itemsOf(one, TAG.items).flatMap((each) => eyeIn(meaningOf(each, TAG.conceptCode)) ?? []);
      found.push({ eye: own ?? eyeIn(name) ?? eye, what: 'tests', values: { [key]: value } });
    }
    reported(one, eye, depth + 1, found);
  }
  return found;
}

/** Classes of measurements, by the end of their number. */
const READERS = {
  78.1: (data) => [
    ...lens('right', 'own', itemOf(data, 'x00460014')),
    ...lens('left', 'own', itemOf(data, 'x00460015')),
    ...lens(null, 'own', itemOf(data, 'x00460016')),
  ],
  78.2: (data) => [
    ...lens('right', 'auto', itemOf(data, 'x00460050')),
    ...lens('left', 'auto', itemOf(data, 'x00460052')),
  ],
  78.3: (data) => [
    ...keratometry('right', itemOf(data, 'x00460070')),
    ...keratometry('left', itemOf(data, 'x00460071')),
  ],
  78.4: (data) => [
    ...lens('right', 'subjective', itemOf(data, 'x00460097')),
    ...lens('left', 'subjective', itemOf(data, 'x00460098')),
  ],
  78.5: acuities,
  78.7: (data) => [...axial('right', itemOf(data, 'x00221007')), ...axial('left', itemOf(data, 'x00221008'))],
  78.8: (data) => [
    ...axial('right', itemOf(data, 'x00221300')),
    ...itemsOf(data, 'x00221300').flatMap((one) => proposals('right', one)),
    ...axial('left', itemOf(data, 'x00221310')),
    ...itemsOf(data, 'x00221310').flatMap((one) => proposals('left', one)),
  ],
  79.1: (data) => reported(data),
  80.1: field,
};

/** @returns what was measured, in the order of the file; of a report of any class its numbers */
function measuresOf(data, sopClass) {
  const ending = Object.keys(READERS).find((end) => sopClass.endsWith(`.5.1.4.1.1.${end}`));
  const isReport = /\.5\.1\.4\.1\.1\.88\.\d+$/.test(sopClass);
  const read = ending ? READERS[ending] : isReport ? reported : null;
  return read ? read(data).slice(0, MAX_READINGS) : [];
}

module.exports = { measuresOf };

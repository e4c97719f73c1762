import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { keysOf } from '@/lib/query-words';
import { amountText, type Dosage, type FrequencyCode, type Meals, type Site } from './dosage';

/*
 * How a medicine is used, in the patient's language: composed from what is stored, one dictionary for each
 * language, never translated from a sentence. Digits stay 0-9. A native clinical reviewer goes over each
 * language before a hospital offers it; the English line stands above on every paper.
 */
type Dictionary = {
  name: string;
  site: Record<Site, string>;
  /** What is counted: one, and more than one. */
  unit: Record<'drop' | 'ointment' | 'tablet' | 'capsule' | 'dose', readonly [string, string]>;
  times: (count: number) => string;
  perWeek: (count: number) => string;
  hours: (count: number) => string;
  often: Record<
    'stat' | 'q15m' | 'q30m' | 'q1h' | 'morning' | 'noon' | 'night' | 'alternate' | 'prn',
    string
  >;
  days: (count: number) => string;
  ongoing: string;
  next: string;
  meals: Record<Meals, string>;
  /** Between two medicines for the same eye. */
  gap: string;
  /** Of a label: the last day, and when what was opened is thrown away. */
  until: (day: string) => string;
  discard: (days: number) => string;
};

const hindi: Dictionary = {
  name: 'हिन्दी',
  site: {
    right: 'दाईं आँख में',
    left: 'बाईं आँख में',
    both: 'दोनों आँखों में',
    oral: 'मुँह से',
    skin: 'त्वचा पर',
    injection: 'इंजेक्शन से',
  },
  unit: {
    drop: ['बूँद', 'बूँदें'],
    ointment: ['से.मी. मरहम', 'से.मी. मरहम'],
    tablet: ['गोली', 'गोलियाँ'],
    capsule: ['कैप्सूल', 'कैप्सूल'],
    dose: ['खुराक', 'खुराक'],
  },
  times: (count) => `दिन में ${count} बार`,
  perWeek: (count) => `हफ़्ते में ${count} बार`,
  hours: (count) => `हर ${count} घंटे पर`,
  often: {
    stat: 'अभी 1 बार',
    q15m: 'हर 15 मिनट पर',
    q30m: 'हर आधे घंटे पर',
    q1h: 'हर घंटे पर',
    morning: 'सुबह',
    noon: 'दोपहर में',
    night: 'सोते समय',
    alternate: '1 दिन छोड़कर',
    prn: 'ज़रूरत पड़ने पर',
  },
  days: (count) => `${count} दिन तक`,
  ongoing: 'लगातार',
  next: 'फिर',
  meals: { before: 'खाने से पहले', after: 'खाने के बाद', with: 'खाने के साथ' },
  gap: 'एक ही आँख की दो दवाओं के बीच कम से कम 5 मिनट रुकें',
  until: (day) => `${day} तक`,
  discard: (days) => `खोलने के ${days} दिन बाद फेंक दें`,
};

const telugu: Dictionary = {
  name: 'తెలుగు',
  site: {
    right: 'కుడి కంటిలో',
    left: 'ఎడమ కంటిలో',
    both: 'రెండు కళ్ళలో',
    oral: 'నోటి ద్వారా',
    skin: 'చర్మంపై',
    injection: 'ఇంజెక్షన్ ద్వారా',
  },
  unit: {
    drop: ['చుక్క', 'చుక్కలు'],
    ointment: ['సెం.మీ. లేపనం', 'సెం.మీ. లేపనం'],
    tablet: ['మాత్ర', 'మాత్రలు'],
    capsule: ['క్యాప్సూల్', 'క్యాప్సూల్స్'],
    dose: ['మోతాదు', 'మోతాదులు'],
  },
  times: (count) => (count === 1 ? 'రోజుకు 1 సారి' : `రోజుకు ${count} సార్లు`),
  perWeek: (count) => (count === 1 ? 'వారానికి 1 సారి' : `వారానికి ${count} సార్లు`),
  hours: (count) => `ప్రతి ${count} గంటలకు`,
  often: {
    stat: 'ఇప్పుడు 1 సారి',
    q15m: 'ప్రతి 15 నిమిషాలకు',
    q30m: 'ప్రతి అరగంటకు',
    q1h: 'ప్రతి గంటకు',
    morning: 'ఉదయం',
    noon: 'మధ్యాహ్నం',
    night: 'పడుకునే ముందు',
    alternate: 'రోజు విడిచి రోజు',
    prn: 'అవసరమైనప్పుడు',
  },
  days: (count) => (count === 1 ? '1 రోజు' : `${count} రోజులు`),
  ongoing: 'కొనసాగించండి',
  next: 'తర్వాత',
  meals: { before: 'భోజనానికి ముందు', after: 'భోజనం తర్వాత', with: 'భోజనంతో పాటు' },
  gap: 'ఒకే కంటిలో వేసే రెండు మందుల మధ్య కనీసం 5 నిమిషాలు ఆగండి',
  until: (day) => `${day} వరకు`,
  discard: (days) => `తెరిచిన ${days} రోజుల తర్వాత పారవేయండి`,
};

const tamil: Dictionary = {
  name: 'தமிழ்',
  site: {
    right: 'வலது கண்ணில்',
    left: 'இடது கண்ணில்',
    both: 'இரண்டு கண்களிலும்',
    oral: 'வாய் வழியாக',
    skin: 'தோலின் மேல்',
    injection: 'ஊசி மூலம்',
  },
  unit: {
    drop: ['சொட்டு', 'சொட்டுகள்'],
    ointment: ['செ.மீ. களிம்பு', 'செ.மீ. களிம்பு'],
    tablet: ['மாத்திரை', 'மாத்திரைகள்'],
    capsule: ['கேப்சூல்', 'கேப்சூல்கள்'],
    dose: ['அளவு', 'அளவுகள்'],
  },
  times: (count) => `ஒரு நாளைக்கு ${count} முறை`,
  perWeek: (count) => `வாரத்திற்கு ${count} முறை`,
  hours: (count) => `${count} மணி நேரத்திற்கு ஒரு முறை`,
  often: {
    stat: 'இப்போது 1 முறை',
    q15m: '15 நிமிடத்திற்கு ஒரு முறை',
    q30m: 'அரை மணி நேரத்திற்கு ஒரு முறை',
    q1h: 'ஒரு மணி நேரத்திற்கு ஒரு முறை',
    morning: 'காலையில்',
    noon: 'மதியம்',
    night: 'தூங்கும் முன்',
    alternate: 'ஒரு நாள் விட்டு ஒரு நாள்',
    prn: 'தேவைப்படும் போது',
  },
  days: (count) => (count === 1 ? '1 நாள்' : `${count} நாட்கள்`),
  ongoing: 'தொடர்ந்து',
  next: 'பிறகு',
  meals: { before: 'உணவுக்கு முன்', after: 'உணவுக்குப் பின்', with: 'உணவுடன்' },
  gap: 'ஒரே கண்ணில் இடும் இரண்டு மருந்துகளுக்கு இடையே குறைந்தது 5 நிமிடம் காத்திருக்கவும்',
  until: (day) => `${day} வரை`,
  discard: (days) => `திறந்த ${days} நாட்களுக்குப் பிறகு அப்புறப்படுத்தவும்`,
};

/** English is on each paper; these stand beside it. The way to add one is a dictionary. */
const DICTIONARIES = { hi: hindi, te: telugu, ta: tamil } as const;
export const PAPER_LANGUAGES = { en: 'English', hi: hindi.name, te: telugu.name, ta: tamil.name } as const;
export type PaperLanguage = keyof typeof PAPER_LANGUAGES;

/** How people at the desk spell the names of the languages that papers are printed in. */
const SPELLINGS: Record<Exclude<PaperLanguage, 'en'>, readonly string[]> = {
  hi: ['hindi', 'hindhi', 'hindustani', 'हिन्दी', 'हिंदी'],
  te: ['telugu', 'telgu', 'thelugu', 'తెలుగు'],
  ta: ['tamil', 'tamizh', 'thamizh', 'thamil', 'தமிழ்'],
};

/**
 * The language of a patient's papers: the first of what is spoken that papers are printed in, English where
 * none is.
 */
export function paperLanguageOf(spoken: string | null | undefined): PaperLanguage {
  for (const word of (spoken ?? '')
    .toLowerCase()
    .normalize('NFC')
    .split(/[\s,;/&()]+/)) {
    if (word === 'english' || word === 'en') return 'en';
    const found = keysOf(SPELLINGS).find((code) => code === word || SPELLINGS[code].includes(word));
    if (found) return found;
  }
  return 'en';
}

const unitOf = (form: MedicineForm): keyof Dictionary['unit'] => {
  if (form === 'drop' || form === 'gel') return 'drop';
  return form === 'injection' || form === 'other' ? 'dose' : form;
};

const TIMES: Partial<Record<FrequencyCode, number>> = { '6d': 6, '5d': 5, qid: 4, tid: 3, bd: 2, od: 1 };
const PER_WEEK: Partial<Record<FrequencyCode, number>> = { '3w': 3, '2w': 2, '1w': 1 };
const HOURS: Partial<Record<FrequencyCode, number>> = { q2h: 2, q3h: 3, q4h: 4, q6h: 6, q8h: 8, q12h: 12 };

function oftenIn(words: Dictionary, code: FrequencyCode): string {
  const [times, week, hours] = [TIMES[code], PER_WEEK[code], HOURS[code]];
  if (times) return words.times(times);
  if (week) return words.perWeek(week);
  if (hours) return words.hours(hours);
  return words.often[code as keyof Dictionary['often']];
}

/** How a medicine is used, a line for each step; nothing in English, which is said by `dosageText`. */
export function instructionsIn(language: PaperLanguage, { form, site, steps, meals }: Dosage): string[] {
  if (language === 'en') return [];
  const words: Dictionary = DICTIONARIES[language];
  return steps.map(({ quarters, frequency, days }, index) => {
    const unit = words.unit[unitOf(form)][quarters > 4 ? 1 : 0];
    const lasting = frequency === 'stat' ? '' : days === null ? words.ongoing : words.days(days);
    const parts = [
      `${index > 0 ? `${words.next} ` : ''}${words.site[site]} ${amountText(quarters)} ${unit}`,
      oftenIn(words, frequency),
      ...(meals ? [words.meals[meals]] : []),
      lasting,
    ];
    return parts.filter(Boolean).join(', ');
  });
}

/** How long to wait between two medicines for the same eye; nothing in English, as `gapText` says it. */
export const gapIn = (language: PaperLanguage): string | null =>
  language === 'en' ? null : DICTIONARIES[language].gap;

/** What a label says beside that: until which day, and when it is thrown away; nothing in English. */
export function labelWordsIn(
  language: PaperLanguage,
  { until, discardDays }: { until: string | null; discardDays: number | null },
): string[] {
  if (language === 'en') return [];
  const words: Dictionary = DICTIONARIES[language];
  return [...(until ? [words.until(until)] : []), ...(discardDays ? [words.discard(discardDays)] : [])];
}

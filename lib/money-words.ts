import type { PaperLanguage } from './paper-language';

/*
 * What papers about money say, in the patient's language beside the English: the words alone. Figures,
 * numbers, names of services and what the law wants stay as they are. Somebody who speaks the language goes
 * over each list before a hospital offers it.
 */
type Word =
  | ('Bill' | 'Receipt' | 'Advance receipt' | 'Refund voucher' | 'Credit note' | 'Estimate')
  | ('Number' | 'Date' | 'Patient' | 'Doctor' | 'For bill' | 'Valid until')
  | ('Services' | 'Discount' | 'Tax' | 'Rounding' | 'Total' | 'Cash')
  | ('Taken back by credit notes' | 'Share of the patient' | 'Paid' | 'Due' | 'Received' | 'Given back');

const WORDS: Record<Exclude<PaperLanguage, 'en'>, Readonly<Record<Word, string>>> = {
  hi: {
    Bill: 'बिल',
    Receipt: 'रसीद',
    'Advance receipt': 'अग्रिम की रसीद',
    'Refund voucher': 'वापसी की रसीद',
    'Credit note': 'क्रेडिट नोट',
    Estimate: 'अनुमानित ख़र्च',
    Number: 'क्रमांक',
    Date: 'तारीख़',
    Patient: 'मरीज़',
    Doctor: 'डॉक्टर',
    'For bill': 'इस बिल के लिए',
    'Valid until': 'इस दिन तक मान्य',
    Services: 'सेवाएँ',
    Discount: 'छूट',
    Tax: 'कर',
    Rounding: 'पूर्णांकन',
    Total: 'कुल',
    Cash: 'नक़द',
    'Taken back by credit notes': 'वापस ली गई सेवाएँ',
    'Share of the patient': 'मरीज़ का हिस्सा',
    Paid: 'दिया गया',
    Due: 'बाकी',
    Received: 'प्राप्त',
    'Given back': 'वापस किया',
  },
  te: {
    Bill: 'బిల్లు',
    Receipt: 'రసీదు',
    'Advance receipt': 'ముందస్తు రసీదు',
    'Refund voucher': 'వాపసు రసీదు',
    'Credit note': 'క్రెడిట్ నోట్',
    Estimate: 'అంచనా ఖర్చు',
    Number: 'సంఖ్య',
    Date: 'తేదీ',
    Patient: 'రోగి',
    Doctor: 'వైద్యులు',
    'For bill': 'ఈ బిల్లుకు',
    'Valid until': 'ఈ తేదీ వరకు చెల్లుతుంది',
    Services: 'సేవలు',
    Discount: 'తగ్గింపు',
    Tax: 'పన్ను',
    Rounding: 'సర్దుబాటు',
    Total: 'మొత్తం',
    Cash: 'నగదు',
    'Taken back by credit notes': 'రద్దు చేసిన సేవలు',
    'Share of the patient': 'రోగి వాటా',
    Paid: 'చెల్లించినది',
    Due: 'బాకీ',
    Received: 'అందినది',
    'Given back': 'తిరిగి ఇచ్చినది',
  },
  ta: {
    Bill: 'கட்டணச் சீட்டு',
    Receipt: 'ரசீது',
    'Advance receipt': 'முன்பண ரசீது',
    'Refund voucher': 'பணம் திருப்பிய ரசீது',
    'Credit note': 'கிரெடிட் நோட்',
    Estimate: 'மதிப்பீடு',
    Number: 'எண்',
    Date: 'தேதி',
    Patient: 'நோயாளி',
    Doctor: 'மருத்துவர்',
    'For bill': 'இந்தக் கட்டணச் சீட்டுக்கு',
    'Valid until': 'இந்தத் தேதி வரை செல்லும்',
    Services: 'சேவைகள்',
    Discount: 'தள்ளுபடி',
    Tax: 'வரி',
    Rounding: 'முழுமையாக்கம்',
    Total: 'மொத்தம்',
    Cash: 'ரொக்கம்',
    'Taken back by credit notes': 'ரத்து செய்த சேவைகள்',
    'Share of the patient': 'நோயாளியின் பங்கு',
    Paid: 'செலுத்தியது',
    Due: 'நிலுவை',
    Received: 'பெற்றது',
    'Given back': 'திருப்பித் தந்தது',
  },
};

/** A label of a paper, with its word in the patient's language where there is one: "Total / कुल". */
export const moneyWordsIn =
  (language: PaperLanguage) =>
  (label: string): string => {
    if (language === 'en' || !Object.hasOwn(WORDS[language], label)) return label;
    return `${label} / ${WORDS[language][label as Word]}`;
  };

export { acceptQuote } from './accept';
export { askForOffer } from './ask';
export { openQuotePayment, sendQuote, withdrawQuote } from './offer';
export { agreeShared } from './shared';

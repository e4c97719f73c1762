export { changeTerms } from './change-plan';
export { giveCredit } from './credit';
export { giveDiscount } from './discount';
export { extendTrial } from './trial';

export * from './day';
export * from './figures';
export { billsOfMonth } from './gst';
export * from './rows';

export * from './day';
export * from './figures';
export { billsOfMonth, listRegistrations } from './gst';
export * from './rows';

export { listQuotes } from '../../../subscription/quotes/queries';
export { signUp } from '../service';

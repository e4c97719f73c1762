export { Switch } from './checkbox';

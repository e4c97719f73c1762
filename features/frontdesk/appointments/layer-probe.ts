export { refreshRecalls } from '../recalls/service';

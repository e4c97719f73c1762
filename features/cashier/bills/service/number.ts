export { takeNumber } from '../../bill-settings/service';

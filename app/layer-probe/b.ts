export { staffModel } from '../../features/identity/staff/model';

export type { RoleRow } from '../custom-roles/queries';

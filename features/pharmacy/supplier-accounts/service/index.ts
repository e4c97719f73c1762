export { addSupplierNote } from './add-note';
export { setOffCredit } from './set-off-credit';

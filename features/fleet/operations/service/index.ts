export { closeAccount, exportOrganization, keepAccount, setSuspension } from './account';
export { backUp, backUpEverybody, pruneBackups, testRestore } from './backups';
export { connectOwnDatabase } from './own-database';
export { runOperation } from './run';
export { sweepOperations } from './sweep';
export {
  confirmTransfer,
  giveUpOperation,
  moveOrganization,
  resetToTemplate,
  restoreBackup,
  rotateCredential,
  undoTransfer,
} from './transfers';

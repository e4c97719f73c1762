export { attachAtDesk, attachOwn, attachToNote, keepAttachment, keepMailFiles } from './keep';
export { openDeskAttachment, openNoteAttachment, openOwnAttachment } from './open';
export { removeAttachmentsOf, removeUnsent } from './remove';
export type { LeftOut } from './storage';
export {
  attachmentsOf,
  noteAttachmentsOf,
  noteLeftOut,
  sendAttachments,
  type TicketAttachment,
} from './thread';

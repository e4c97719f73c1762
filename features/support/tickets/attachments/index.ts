export { attachAtDesk, attachOwn, keepAttachment, keepMailFiles } from './keep';
export { openDeskAttachment, openOwnAttachment } from './open';
export { removeAttachmentsOf, removeUnsent } from './remove';
export type { LeftOut } from './storage';
export { attachmentsOf, noteLeftOut, sendAttachments, type TicketAttachment } from './thread';

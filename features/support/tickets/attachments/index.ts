export { attachAtDesk, attachOwn, keepAttachment, keepMailFiles } from './keep';
export { openDeskAttachment, openOwnAttachment } from './open';
export type { LeftOut } from './place';
export { removeAttachmentsOf, removeUnsent } from './remove';
export { attachmentsOf, noteLeftOut, sendAttachments, type TicketAttachment } from './thread';

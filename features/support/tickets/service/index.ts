export { closeTicket, rateTicket, replyByMail, replyTicket } from './customer';
export { answerTicket, assignTicket, pauseTicket, setAgreedTarget, setTicketPriority } from './desk';
export { openTicket } from './open';
export { refuseMail } from './refuse-mail';
export { deleteAnswer, saveAnswer } from './saved-answers';

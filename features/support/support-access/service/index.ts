import 'server-only';

export { allowAccess, giveAccess, refuseAccess, revokeAccess } from './decisions';
export { requestAccess, withdrawRequest } from './requests';
export { enterWorkspace, expireGrant, leaveWorkspace } from './visits';

/** 21 characters: the first 23 must be unique in a project, and an ObjectId in hexadecimal has 24. */
export const clusterNameOf = (organizationId: string): string =>
  `o-${BigInt(`0x${organizationId}`).toString(36).padStart(19, '0')}`;

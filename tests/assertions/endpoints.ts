/** The address of a page or a route handler, from its file under app/. Parameters stay as `[name]`. */
export const addressOf = (file: string): string =>
  `/${file
    .replace(/^\/?app\//, '')
    .replace(/\/?(page\.tsx|route\.ts)$/, '')
    .split('/')
    .filter((part) => part !== '' && !/^\(.+\)$/.test(part))
    .join('/')}`;

/** An address with something in the place of each parameter. */
export const fill = (address: string, value = '0'.repeat(24)): string =>
  address.replace(/\[\.\.\.[^\]]+\]|\[[^\]]+\]/g, value);

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
export const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

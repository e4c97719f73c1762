const KEY = Symbol.for('chakravue.forget-page');
const global = globalThis as { [KEY]?: (path: string) => void };

/**
 * A public page that this process keeps as it was rendered (`server/front`) is rendered again for the next
 * visitor. Nothing happens where there is no front: with hot reload, in tests, in commands.
 */
export const forgetPage = (path: string): void => global[KEY]?.(path);

/** A frame that never comes, as in a frame that is out of sight, holds nothing up. In milliseconds. */
const PATIENCE_MS = 100;

/**
 * Settles once what was just changed is on the screen: an answer to a press is seen before the work that the
 * press starts. At once in a tab that nobody sees, where nothing is drawn.
 */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) {
      resolve();
      return;
    }
    setTimeout(resolve, PATIENCE_MS);
    // A frame's own callbacks run before it is drawn, a task of its own after.
    requestAnimationFrame(() => setTimeout(resolve));
  });

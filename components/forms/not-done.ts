/** What is said of a press that got no answer. */
export const NOT_DONE = 'Not done: no connection. Press again when it is back; nothing happens twice.';

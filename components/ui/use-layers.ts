'use client';

import { partOf } from './part';

/** What shows dialogs: once for all of the page. */
export const { warm: warmLayers, usePart: useLayers } = partOf(() => import('./dialog-layers'));

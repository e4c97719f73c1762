export const EYES = ['right', 'left'] as const;
export type Eye = (typeof EYES)[number];
export const EYE_LABEL: Record<Eye, string> = { right: 'Right', left: 'Left' };

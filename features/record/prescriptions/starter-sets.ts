/** Sets that most eye hospitals use, to begin with; each hospital changes them to its own. */
export const STARTER_SETS: readonly { name: string; lines: string }[] = [
  {
    name: 'Post-op phaco',
    lines: [
      'Moxifloxacin 0.5 % 1 drop qid 1w',
      'Prednisolone acetate 1 % 1 drop 6x 1w > qid 1w > tid 1w > bd 1w; shake before use',
      'Nepafenac 0.1 % 1 drop tid 4w',
    ].join('\n'),
  },
  {
    name: 'Bacterial conjunctivitis',
    lines: ['Moxifloxacin 0.5 % 1 drop qid 1w', 'Carboxymethylcellulose 0.5 % 1 drop qid 2w'].join('\n'),
  },
  {
    name: 'Allergic conjunctivitis',
    lines: ['Olopatadine 0.1 % 1 drop bd 1m', 'Carboxymethylcellulose 0.5 % 1 drop qid 1m'].join('\n'),
  },
  { name: 'Dry eye', lines: 'Carboxymethylcellulose 0.5 % 1 drop qid 1m' },
  { name: 'Open-angle glaucoma, first line', lines: 'Latanoprost 0.005 % 1 drop hs ongoing' },
];

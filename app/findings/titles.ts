/** Each finding by the question that it answers: what the answer is, the rows say. */
export const titles = {
  clipping: 'Up to which poison rate does clipping hold?',
  harm: 'Where is clipping worse than nothing?',
  'under-training': 'Is DP-SGD more than training less?',
  'best-by-family': 'Does one defense win everywhere?',
  'single-seeds': 'How far does a single seed mislead?',
  certified: 'What is certified, and what do attacks leave?',
  'false-positives': 'What do filters take where nothing is poisoned?',
  stability: 'How steady is the order?',
} as const;

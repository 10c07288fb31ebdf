import { Api } from './api.tsx';
import { Attacking } from './attacking.tsx';
import { Cite } from './cite.tsx';
import { Formats } from './formats.tsx';
import { Hosting } from './hosting.tsx';
import { Python } from './python.tsx';
import { Pytorch } from './pytorch.tsx';
import { Scoring } from './scoring.tsx';
import { Seasons } from './seasons.tsx';
import { Submitting } from './submitting.tsx';
import { Writing } from './writing.tsx';

/** Each is a page, /docs/<id>, in this order. */
export const chapters = {
  write: {
    title: 'Write a defense',
    about: 'One module in JavaScript, of one of three kinds, with an example of each and the whole interface.',
    Text: Writing,
  },
  python: {
    title: 'Write a defense in Python',
    about: 'One file with NumPy, scikit-learn, PyTorch or JAX: the three kinds, what it is given, and the commands.',
    Text: Python,
  },
  pytorch: {
    title: 'From a PyTorch script to an entry in three changes',
    about: 'A training loop of one’s own as a defense, and how it is run at home without Node.',
    Text: Pytorch,
  },
  submit: {
    title: 'Try and submit it',
    about: 'Evaluate on your machine, submit by page or command, and what the reasons of a failed trial mean.',
    Text: Submitting,
  },
  attack: {
    title: 'Try an attack of your own',
    about: 'An attack and a suite as two files, evaluated on your machine alone.',
    Text: Attacking,
  },
  score: {
    title: 'How a score is made',
    about:
      'From the trials to robustness, intervals and places, by both versions of the rules, with an example by hand.',
    Text: Scoring,
  },
  seasons: {
    title: 'How a season works',
    about: 'For authors, reviewers and organizers; and what a season does not stop.',
    Text: Seasons,
  },
  formats: {
    title: 'The job folder',
    about: 'The files that a guest is given and leaves, for other languages.',
    Text: Formats,
  },
  api: { title: 'The API', about: 'Everything that the pages show, for programs, with commands to try.', Text: Api },
  host: {
    title: 'Host it yourself',
    about: 'On one machine, or with PostgreSQL, pages elsewhere and runners of your own.',
    Text: Hosting,
  },
  cite: { title: 'How to cite', about: 'The software, and a number of the board.', Text: Cite },
} as const;

export type ChapterId = keyof typeof chapters;
export const chapterIds = Object.keys(chapters) as ChapterId[];
export const isChapter = (id: string): id is ChapterId => Object.hasOwn(chapters, id);

import { fuzzing } from '../support/fuzz.ts';

fuzzing(200, [1, 2, 3]);

import { fuzzing } from '../support/fuzz.ts';

fuzzing(20, [1]);

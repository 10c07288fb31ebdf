import { fuzzing } from '../support/fuzz.ts';

fuzzing(10, [1]); // the lane `fuzz` makes thousands

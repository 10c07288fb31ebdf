import { wholePath } from './whole-path.ts';

/** On Node 20 and 24: the guest in Python is the same program there. */
wholePath({ python: false });

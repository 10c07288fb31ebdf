import { wholePath } from './whole-path.ts';

wholePath({ python: true });

import { readerProperties } from '../support/reader-properties.ts';

readerProperties(100_000);

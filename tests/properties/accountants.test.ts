import { accountantProperties } from '../support/accountant-properties.ts';

accountantProperties(20_000, 200);

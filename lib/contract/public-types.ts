/** What `import('antidote')` names: the types that a defense and an attack of one's own are written against. */
export type { Aim, Attack, Craft, Poison, Trigger } from './attack.ts';
export type * from './defense.ts';

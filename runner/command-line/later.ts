/** A command: loaded when it is called. It answers with its exit code, or with none for 0. */
export type Work = () => Promise<number | undefined>;

/** Commander hands a command its arguments through this. The work itself begins once all of them are parsed. */
export type Later = (work: Work) => void;

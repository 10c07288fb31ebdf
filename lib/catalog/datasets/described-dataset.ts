export type DescribedDataset = {
  /** What the labels 0, 1, … stand for, as its authors name them; empty where its classes have no names. */
  readonly classNames: readonly string[];
  /**
   * Steps of recipe `core`: 3 epochs of 60,000, 10,000 and 5,000 rows, 10 of 10,800; where suites are drawn 702, of
   * pictures in color 391: 5 epochs of 20,000 rows.
   */
  readonly coreSteps: number;
  /** Of recipe `core`, where the usual one is too large for its models. */
  readonly learningRate?: number;
  /** The most rows of a training set that is drawn on it, where that is fewer than usual: a model takes long. */
  readonly mostRows?: number;
  /** For the texts of a suite that is drawn on it. */
  readonly origin?: Origin;
};

/** Where a data set comes from, in words. */
export type Origin = {
  readonly title: string;
  readonly url: string;
  /** Whose its images are. */
  readonly notice: string;
  /** What is to be seen, and that nobody is: a sentence. */
  readonly pictures: string;
};

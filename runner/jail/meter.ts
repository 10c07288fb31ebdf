/** Holds a process and all it starts to their memory and number of tasks, and knows what they used at most. */
export type Meter = {
  peakBytes(): number | null;
  /** Whether they were stopped for their memory. */
  exceeded(): boolean;
  /** To be called when they are dead. */
  close(): Promise<void>;
};

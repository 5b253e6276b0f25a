/** A way of breaking the protocol: texts of the pipeline's own source, and what stands there instead. */
export type Mutant = {
  name: string;
  edits: readonly { file: string; from: string; to: string }[];
};

/** A mutant of one edit. */
export const mutant = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  edits: [{ file, from, to }],
});
